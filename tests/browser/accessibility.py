"""What shuts people out of a page, as axe-core finds it; `tools/node-packages.sh` installs that."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Browser, Page

from tests.notebooks import REPOSITORY

_AXE = REPOSITORY / "build" / "node" / "node_modules" / "axe-core" / "axe.min.js"


def barriers(page: Page, within: str = "html") -> list[str]:
    """Return what axe finds in a part of a page: the rule, and the first element that breaks it."""
    assert _AXE.is_file(), "axe-core is not installed: run tools/node-packages.sh"
    page.evaluate(_AXE.read_text(encoding="utf-8"))
    found: dict[str, Any] = page.evaluate(
        "within => axe.run({include: [within]}, {resultTypes: ['violations']})", within
    )
    assert found["passes"], "axe has looked at nothing"
    return [
        f"{one['id']}: {one['help']}; {len(one['nodes'])} such as {one['nodes'][0]['html'][:200]}"
        for one in found["violations"]
    ]


def barriers_of_files(browser: Browser, *paths: Path) -> dict[str, list[str]]:
    """Return what axe finds in pages as people open them from the disk, in light and in dark."""
    found = {}
    schemes: tuple[Literal["light"], Literal["dark"]] = ("light", "dark")
    for scheme in schemes:
        # The pages forbid every script, which axe is.
        context = browser.new_context(bypass_csp=True, color_scheme=scheme)
        for path in paths:
            page = context.new_page()
            page.goto(path.as_uri())
            if lines := barriers(page):
                found[f"{path.name}, {scheme}"] = lines
        context.close()
    return found
