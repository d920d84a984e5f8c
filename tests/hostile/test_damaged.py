"""Damaged files."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.hostile import damaged
from tests.hostile.checks import AttackTests
from tests.hostile.grading import BYSTANDERS, Graded, grade


class TestDamaged(AttackTests):
    attacks = damaged.ATTACKS

    def test_log_holds_no_line_that_a_learner_wrote(self, graded: Graded) -> None:
        assert [line for line in graded.log if not line.isprintable()] == []


def test_nothing_that_was_asked_for(built: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    graded = grade(damaged.WITHOUT, built, tmp_path_factory.mktemp("class"))
    for name, (_, score) in BYSTANDERS.items():
        assert graded.scores[name] == score
    for attack in damaged.WITHOUT:
        assert graded.scores.get(attack.name, 0.0) == 0.0
        assert any(attack.name in line for line in graded.log), attack.name
    assert (graded.survivors, graded.left, graded.changed) == ((), (), ())
