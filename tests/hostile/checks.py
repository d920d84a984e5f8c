"""What has to hold for every attack, whatever it is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, ClassVar

import nbformat

from slopewise.scoring import State
from slopewise.scoring.observations import MIME_TYPE
from slopewise.scoring.record import read_verdicts, record_of
from slopewise.scoring.rendering import as_html
from tests.hostile.attack import Attack
from tests.hostile.grading import BYSTANDERS, Graded
from tests.hostile.lesson import FULL, HONEST_SCORE, NAME, POINTS

_HARMLESS = {"text/plain", "image/png", "image/jpeg", MIME_TYPE}


class AttackTests:
    """The tests of a group; a group names its attacks."""

    attacks: ClassVar[tuple[Attack, ...]] = ()

    def test_author_gains_nothing(self, graded: Graded, attack: Attack) -> None:
        score = graded.scores[attack.name]
        least = attack.score if attack.least is None else attack.least
        assert least <= score <= attack.score, verdicts_of(graded, attack)

    def test_instructor_is_told(self, graded: Graded, attack: Attack) -> None:
        notebook = graded.notebooks[attack.name]
        found = {finding.kind for finding in record_of(notebook).findings}
        assert found >= set(attack.findings), record_of(notebook).findings
        states = {verdict.exercise: verdict.state for verdict in read_verdicts(notebook)}
        assert states.keys() == POINTS.keys()
        assert {**states, **attack.states} == states, read_verdicts(notebook)
        for words in attack.log:
            assert any(words in line and attack.name in line for line in graded.log), (
                f"{words!r} is not in the log",
                [line for line in graded.log if attack.name in line],
            )
        shown = outputs_of(notebook)
        assert [words for words in attack.shown if words not in shown] == [], shown[-3000:]
        # Points that were not earned honestly and are not explained would be told by nothing.
        assert (
            attack.findings or attack.log or attack.shown or set(states.values()) != {State.RIGHT}
        )

    def test_nothing_is_seen_that_is_not_theirs(self, graded: Graded, attack: Attack) -> None:
        folder = graded.root / "autograded" / attack.name / NAME
        for path in folder.rglob("*"):
            assert not path.is_symlink()
            assert path.is_dir() or path.is_file()
            for words in attack.unseen:
                assert words not in _without_sources(path), path

    def test_outputs_are_harmless(self, graded: Graded, attack: Attack) -> None:
        assert_harmless(graded.notebooks[attack.name])

    def test_bystanders_get_what_they_deserve(self, graded: Graded) -> None:
        assert {name: graded.scores[name] for name in BYSTANDERS} == {
            name: score for name, (_, score) in BYSTANDERS.items()
        }
        for name in BYSTANDERS:
            assert record_of(graded.notebooks[name]).findings == ()
            assert_harmless(graded.notebooks[name])

    def test_grading_went_to_its_end(self, graded: Graded) -> None:
        assert graded.trouble == ""
        assert graded.scores.keys() == {*BYSTANDERS, *(attack.name for attack in self.attacks)}

    def test_nothing_is_left_behind(self, graded: Graded) -> None:
        assert graded.survivors == ()
        assert graded.left == ()
        assert graded.changed == ()

    def test_every_attack_wanted_something(self) -> None:
        assert len({attack.name for attack in self.attacks}) == len(self.attacks)
        assert all(attack.score < FULL or attack.unseen or attack.shown or attack.log
                   or attack.findings for attack in self.attacks)  # fmt: skip
        assert FULL > HONEST_SCORE


def verdicts_of(graded: Graded, attack: Attack) -> Any:
    """The verdicts on an attack, for a message."""
    if attack.name not in graded.notebooks:
        return [line for line in graded.log if attack.name in line]
    return read_verdicts(graded.notebooks[attack.name])


def _without_sources(path: Path) -> str:
    """What stands in a file; of a notebook all but the sources, which name what they look for."""
    if not path.is_file():
        return ""
    text = path.read_text(encoding="utf-8", errors="replace")
    if path.suffix != ".ipynb":
        return text
    notebook = json.loads(text)
    for cell in notebook["cells"]:
        del cell["source"]
    return json.dumps(notebook) + outputs_of(nbformat.from_dict(notebook))


def outputs_of(notebook: Any) -> str:
    """All that stands in the code cells' outputs, as one text."""
    return "\n".join(
        text if isinstance(text, str) else json.dumps(text)
        for cell in notebook.cells
        if cell.cell_type == "code"
        for output in cell.outputs
        for text in (
            output.get("text", ""),
            output.get("ename", ""),
            output.get("evalue", ""),
            *(output.get("data") or {}).values(),
        )
    )


def assert_harmless(notebook: Any) -> None:
    """Nothing that was displayed can run in a browser, and no log line can be made up."""
    verdicts = {f"{verdict.exercise}-check": verdict for verdict in read_verdicts(notebook)}
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        outputs = list(cell.outputs)
        if cell.metadata.get("nbgrader", {}).get("grade"):
            explanation, points, *outputs = outputs
            assert explanation.data["text/html"] == as_html(verdicts[cell.id])
            assert points.data == {"text/plain": str(verdicts[cell.id].points)}
            assert all(output.output_type != "execute_result" for output in outputs)
        for output in outputs:
            assert set(output.get("data") or {}) <= _HARMLESS
        assert set(cell.metadata) <= {"nbgrader"}
    for finding in record_of(notebook).findings:
        assert finding.text.isprintable(), finding
        assert finding.cell.isprintable(), finding
