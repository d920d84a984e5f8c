"""Attacks of one group; what they are stands in `exits`."""

from __future__ import annotations

from tests.hostile import exits
from tests.hostile.checks import AttackTests


class TestExits(AttackTests):
    attacks = exits.ATTACKS
