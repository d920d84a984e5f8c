"""What a learner may be called, and how what is refused is shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slopewise.notebook.identifiers import id_fault, name_fault, shown

FINE = (
    "ada",
    "Ada Lovelace",
    "a.b-c_d",
    "a+b@example.org",
    "Núñez",
    "李明",
    "नमस्ते",
    "_guest",
    "7",
    "x" * 128,
)
BAD = {
    "": "is empty",
    "a\nb": "a line end",
    "\x1b[2Jada": "an escape character",
    "ada\x07": "U+0007",
    "<img src=x onerror=alert(1)>": "“<”",
    "a[b]c": "“[”",
    "a*": "“*”",
    "a?": "“?”",
    "a/b": "“/”",
    "a\\b": "“\\”",
    "a&b": "“&”",
    'a"b': "“\"”",
    "a'b": "“'”",
    "a,b": "“,”",
    "{a}": "“{”",
    "=1+1": "“=”",
    ".": "begins",
    "..": "begins",
    ".hidden": "begins",
    "-force": "begins",
    "+a": "begins",
    "@SUM": "begins",
    " ada": "begins",
    "ada ": "ends",
    "ada.": "ends",
    "ada  l": "two blanks",
    "ada\u202eb": "U+202E",
    "ada\u200bb": "U+200B",
    "ada\u2028b": "U+2028",
    "ada\u00a0l": "U+00A0",
    "Nu\u0301n\u0303ez": "NFC",
    "a\udcffb": "no text",
    "é" * 65: "128 bytes",
}  # fmt: skip


@pytest.mark.parametrize("text", FINE)
def test_what_people_are_called_is_taken(text: str) -> None:
    assert id_fault(text) is None
    assert name_fault(text) is None


@pytest.mark.parametrize("text", BAD)
def test_what_could_mean_something_elsewhere_is_refused_and_named(text: str) -> None:
    reason = id_fault(text)
    assert reason is not None
    assert BAD[text] in reason
    assert reason.isprintable()


@pytest.mark.parametrize("text", ["O'Brien", "Núñez, Jr", 'Quo "Q"', "AT&T", "می\u200cخواهم"])
def test_names_may_hold_what_names_hold(text: str) -> None:
    assert name_fault(text) is None


@pytest.mark.parametrize("text", ["<b>", "a\nb", "\x1b]0;x\x07", "\u202eada", "x" * 201, "\udcff"])
def test_names_hold_no_markup_and_no_control(text: str) -> None:
    assert name_fault(text) is not None


@given(st.one_of(st.text(alphabet=st.characters()), st.binary()))
def test_whatever_is_shown_is_one_printable_line_of_bounded_length(text: str | bytes) -> None:
    seen = shown(text)
    assert seen.isprintable()
    assert len(seen) <= 80
    seen.encode("utf-8")


@given(st.text())
def test_an_id_that_is_taken_can_be_a_folder_and_a_field(text: str) -> None:
    if id_fault(text) is None:
        assert text.isprintable()
        assert not set(text) & set("/\\<>&\"'[]*?{}$`|;,:=\n\r\t\0")
        assert text not in (".", "..")
        assert text[0] not in "=+-@"
