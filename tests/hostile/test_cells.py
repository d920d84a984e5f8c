"""Forgeries in the file."""

from __future__ import annotations

from tests.hostile import cells
from tests.hostile.checks import AttackTests


class TestCells(AttackTests):
    attacks = cells.ATTACKS
