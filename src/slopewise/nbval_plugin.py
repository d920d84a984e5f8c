"""A pytest plugin: nbval's own comparison of outputs, with numbers compared as numbers.

nbval compares text. Here every output that equals the stored one as
:mod:`slopewise.scoring.printed` compares is put in the fresh one's place first; what nbval then
finds different is different. Beyond that, outputs of different kinds have to come in the stored
order, which nbval does not ask for. Loaded by `tools/nbval.ini`.

Of nbval these names are used, none of which is documented: `IPyNbFile` and its `skip_compare`,
`IPyNbCell.compare_outputs` with its arguments and `comparison_traceback`. `tests/test_nbval.py`
shows that they are there and do what is relied on.
"""

from __future__ import annotations

from collections.abc import Collection, Generator, Iterable
from pathlib import Path
from typing import Any

import pytest
from nbval.plugin import IPyNbCell, IPyNbFile

from slopewise.scoring.printed import Agreement, agreement, data_agreement


@pytest.hookimpl(wrapper=True)
def pytest_collect_file(
    file_path: Path, parent: pytest.Collector
) -> Generator[None, list[Any], list[Any]]:
    """Take our collector wherever nbval has collected a notebook."""
    collectors = yield
    return [
        NumericalFile.from_parent(parent, path=file_path) if type(one) is IPyNbFile else one
        for one in collectors
    ]


class NumericalFile(IPyNbFile):  # type: ignore[misc]  # nbval is untyped
    """A notebook whose cells compare numbers as numbers."""

    def collect(self) -> Iterable[pytest.Item]:
        """Yield nbval's items, one a code cell, of our class."""
        for cell in super().collect():
            yield NumericalCell.from_parent(
                self, name=cell.name, cell_num=cell.cell_num, cell=cell.cell, options=cell.options
            )


class NumericalCell(IPyNbCell):  # type: ignore[misc]
    """A code cell whose fresh outputs are compared as numbers with the stored ones."""

    def compare_outputs(
        self, test: list[Any], ref: list[Any], skip_compare: Collection[str] | None = None
    ) -> bool:
        """Return whether the fresh outputs `test` agree with the stored ones `ref`.

        What differs is left in `comparison_traceback`, as nbval does.
        """
        skip = skip_compare or self.parent.skip_compare
        kinds = [_kind(output, skip) for output in test]
        in_order = kinds == [_kind(output, skip) for output in ref]
        if in_order:
            test = [_as_stored(fresh, stored) for fresh, stored in zip(test, ref, strict=True)]
        if not super().compare_outputs(test, ref, skip_compare):
            return False
        if not in_order:
            self.comparison_traceback.append(
                "The outputs come in another order, or another number of them: "
                f"stored {[_kind(output, skip) for output in ref]}, now {kinds}"
            )
        return in_order


def _kind(output: Any, skip: Collection[str]) -> str:
    """What an output is: a stream's name, an error, or the MIME types that are compared."""
    if output["output_type"] == "stream":
        return str(output["name"])
    return " ".join(sorted(set(output.get("data", ())) - set(skip))) or str(output["output_type"])


def _as_stored(fresh: Any, stored: Any) -> Any:
    """Return the fresh output with the stored text or data wherever the two agree."""
    settled = dict(fresh)
    for key in ("text", "evalue"):
        if key in fresh and key in stored:
            settled[key] = _settle(fresh[key], stored[key])
    if "data" in fresh and "data" in stored:
        settled["data"] = {
            mime: _settle(value, stored["data"][mime]) if mime in stored["data"] else value
            for mime, value in fresh["data"].items()
        }
    return type(fresh)(settled)


def _settle(fresh: Any, stored: Any) -> Any:
    if isinstance(fresh, str) and isinstance(stored, str):
        found = agreement(fresh, stored)
    else:
        found = data_agreement(fresh, stored)
    return fresh if found is Agreement.BEYOND else stored
