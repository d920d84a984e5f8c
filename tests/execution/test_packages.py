"""What names the packages that a result was made with."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from slopewise.execution import packages as module


@pytest.fixture
def name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], str]:
    """The name that a Python with these packages has; `site` and `lib` are its folders."""
    place = tmp_path / "site"
    place.mkdir()
    (place / "numpy-2.0.dist-info").mkdir()
    library = tmp_path / "lib"
    (library / "theirs").mkdir(parents=True)
    (library / "theirs" / "__init__.py").write_text("VALUE = 1\n")
    monkeypatch.setattr(module, "_places", lambda: [place])
    return lambda: module.packages.__wrapped__()


def test_an_installed_package_counts_by_its_version(
    name: Callable[[], str], tmp_path: Path
) -> None:
    before = name()
    assert name() == before
    (tmp_path / "site" / "numpy-2.0.dist-info").rename(tmp_path / "site" / "numpy-2.1.dist-info")
    assert name() != before


def test_a_linked_folder_counts_by_what_is_in_it_wherever_it_lies(
    name: Callable[[], str], tmp_path: Path
) -> None:
    without = name()
    link = tmp_path / "site" / "theirs.pth"
    link.write_text(f"{tmp_path / 'lib'}\n")
    linked = name()
    assert linked != without
    (tmp_path / "lib" / "theirs" / "__init__.py").write_text("VALUE = 2\n")
    assert name() != linked
    (tmp_path / "lib" / "theirs" / "__init__.py").write_text("VALUE = 1\n")
    (tmp_path / "lib").rename(tmp_path / "elsewhere")
    link.write_text(f"# moved\n{tmp_path / 'elsewhere'}\n")
    assert name() == linked


def test_an_editable_project_counts_by_what_is_in_it(
    name: Callable[[], str], tmp_path: Path
) -> None:
    metadata = tmp_path / "site" / "theirs-1.dist-info"
    metadata.mkdir()
    (metadata / "direct_url.json").write_text(
        f'{{"url": "file://{tmp_path / "lib"}", "dir_info": {{"editable": true}}}}'
    )
    before = name()
    (tmp_path / "lib" / "theirs" / "new.py").write_text("")
    assert name() != before
    (metadata / "direct_url.json").write_text("{")
    assert name()


def test_this_course_counts_by_what_cells_see_of_it() -> None:
    assert not any("commands" in text for text in module._texts(module._places()))
