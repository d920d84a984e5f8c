"""The reach of a submission."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.hostile import reach
from tests.hostile.checks import AttackTests
from tests.hostile.grading import Graded


@pytest.fixture(scope="module", autouse=True)
def listeners() -> Iterator[None]:
    yield
    reach.close_listeners()


class TestReach(AttackTests):
    attacks = reach.ATTACKS

    def test_log_holds_no_line_that_a_learner_wrote(self, graded: Graded) -> None:
        assert [line for line in graded.log if not line.isprintable()] == []
        assert not [line for line in graded.log if line.startswith("ERROR: mm-half")]
