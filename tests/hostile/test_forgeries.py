"""Forgeries in the kernel."""

from __future__ import annotations

from tests.hostile import forgeries
from tests.hostile.checks import AttackTests


class TestForgeries(AttackTests):
    attacks = forgeries.ATTACKS
