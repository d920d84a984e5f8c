"""The corpus of known answers: how it is written, and that the grader is right about all of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from slopewise.errors import CourseError
from slopewise.matrix import run_matrix, write_matrix
from slopewise.matrix.page import describe_miss, summary
from slopewise.matrix.run import AnswerOutcome
from slopewise.notebook.course import Course, Lesson
from slopewise.scoring import State, Verdict
from slopewise.scoring.cell_outputs import exception_line
from slopewise.scoring.known_answers import (
    Answer,
    in_packs,
    known_answers_path,
    read_answers,
    read_known_answers,
)
from tests.notebooks import own_lessons
from tests.tiny import NAME, TINY, make_course

LETTERS = {"resumed", "exactness"}


def test_corpus_is_large_enough(course: Course) -> None:
    answers = [answer for lesson in course.lessons for answer in read_answers(lesson)]
    assert sum(answer.right for answer in answers) >= 120
    assert sum(not answer.right for answer in answers) >= 150


def test_every_exercise_has_its_share(course: Course) -> None:
    for lesson in own_lessons(course):
        answers = read_answers(lesson)
        for exercise in lesson.exercises:
            own = [answer for answer in answers if answer.exercise == exercise.name]
            right = sum(answer.right for answer in own)
            wrong = len(own) - right
            if exercise.name in LETTERS:
                assert (right, wrong) == (1, 3), exercise.name
            else:
                assert right >= 4, exercise.name
                assert wrong >= 5, exercise.name


def test_messages_are_short_and_give_no_code_away(course: Course) -> None:
    for lesson in course.lessons:
        for answer in read_answers(lesson):
            if not answer.right:
                assert 40 <= len(answer.message) <= 500, (answer.exercise, answer.name)
                assert "def " not in answer.message, (answer.exercise, answer.name)


def test_no_two_wrong_answers_observe_the_same(course: Course) -> None:
    for lesson in course.lessons:
        for exercise, answers in read_known_answers(known_answers_path(lesson)).items():
            seen: dict[object, str] = {}
            for answer in answers:
                twin = seen.setdefault(answer.observation, answer.name)
                assert twin == answer.name, f"{exercise}: {twin!r} and {answer.name!r}"


def test_packs_hold_one_answer_an_exercise(course: Course) -> None:
    answers = read_answers(course.lessons[0])
    packs = in_packs(answers)
    assert sorted(one.name for pack in packs for one in pack) == sorted(one.name for one in answers)
    for pack in packs:
        assert len({answer.exercise for answer in pack}) == len(pack)


@pytest.mark.slow
def test_the_grader_is_right_about_every_known_answer(course: Course, tmp_path: Path) -> None:
    matrix = run_matrix(course)
    assert [describe_miss(miss) for miss in matrix.misses] == []
    assert len(matrix.rows) == sum(len(lesson.exercises) for lesson in course.lessons)
    page, picture = write_matrix(matrix, tmp_path)
    assert summary(matrix) in page.read_text(encoding="utf-8")
    assert picture.read_bytes().startswith(b"\x89PNG")


LESSON = """\
# %% [markdown]
# # Tiny
#
# *Aim: be small.*
#
# **About 20 minutes.**

# %% check="double" points=20
"""


@pytest.fixture
def tiny(tmp_path: Path) -> Lesson:
    """A lesson with one exercise, `double`, and room for a corpus."""
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "answers").mkdir()
    lesson = Lesson("01-tiny", tmp_path)
    lesson.text_path.write_text(LESSON, encoding="utf-8")
    return lesson


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ('# %% wrong="triple" name="x"\n"""m"""\ndouble = 1\n', "no exercise of the lesson"),
        ('# %% wrong="double"\n"""m"""\ndouble = 1\n', "needs a name"),
        ('# %% wrong="double" name="x"\ndouble = 1\n', "begins with a string"),
        ('# %% wrong="double" name="x"\n"""m"""\n', "no answer"),
        ('# %% wrong="double" name="x"\n"""m"""\ndef double(:\n', "is not Python (line 2"),
        (
            '# %% wrong="double" name="x"\n"""m"""\na = 1\n\n'
            '# %% wrong="double" name="x"\n"""m"""\na = 2\n',
            "is there twice",
        ),
    ],
)
def test_a_bad_answer_is_one_line_that_names_file_and_cell(
    tiny: Lesson, text: str, complaint: str
) -> None:
    tiny.answers_path.write_text(text, encoding="utf-8")
    with pytest.raises(CourseError) as error:
        read_answers(tiny)
    message = str(error.value)
    assert complaint in message
    assert message.startswith("answers/01-tiny.py:")
    assert "\n" not in message


def test_a_damaged_generated_file_is_one_line(tiny: Lesson) -> None:
    path = known_answers_path(tiny)
    path.write_text('[{"exercise": "double"}]', encoding="utf-8")
    with pytest.raises(CourseError, match="is damaged; delete it"):
        read_known_answers(path)


def test_a_lesson_without_a_corpus_has_no_answers(tiny: Lesson) -> None:
    assert read_answers(tiny) == ()
    assert read_known_answers(known_answers_path(tiny)) == {}


def test_a_miss_says_what_its_cell_raised() -> None:
    answer = Answer("double", True, "typo", "a slip", "def double(x): return y")
    verdict = Verdict("double", State.RAISED, 0.0, 20.0, "It raised.")
    raised = exception_line([{"output_type": "error", "ename": "NameError", "evalue": "no\ny"}])
    line = describe_miss(AnswerOutcome("01-tiny", answer, verdict, raised))
    assert line.endswith("; its cell ended with NameError: no y")
    assert exception_line([{"output_type": "stream", "text": "x"}]) == ""


@pytest.mark.parametrize(
    "options", ['worng="half" name="same"', 'right="half" wrong="half"', 'name="a"']
)
def test_an_answer_that_is_neither_right_nor_wrong_is_not_dropped(
    options: str, tmp_path: Path
) -> None:
    lesson = make_course(tmp_path, n01_tiny=TINY).lesson(NAME)
    lesson.answers_path.parent.mkdir()
    lesson.answers_path.write_text(f"# %% {options}\n'Halve it.'\nhalf = abs\n")
    with pytest.raises(CourseError, match=r"^answers/01-tiny.py:1: .*an answer is right="):
        read_answers(lesson)
