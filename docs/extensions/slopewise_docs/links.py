"""Where a page leads out of the site: to the repository it is made from, and to Binder."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from sphinx.application import Sphinx

_BRANCH = "main"


@dataclass(frozen=True)
class Repository:
    """A repository on GitHub.

    Attributes:
        name: `owner/name`.
    """

    name: str

    def edit(self, path: str) -> str:
        """Return where a file of it is edited."""
        return f"https://github.com/{self.name}/edit/{_BRANCH}/{quote(path)}"

    def launch(self, path: str = "") -> str:
        """Return where Binder starts JupyterLab on it, with a file of it open."""
        tree = quote(f"lab/tree/{path}" if path else "lab", safe="")
        return f"https://mybinder.org/v2/gh/{self.name}/{_BRANCH}?urlpath={tree}"


def lead_to_the_repository(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any
) -> None:
    """Let a page that is written by hand say where it is edited; called by Sphinx."""
    name = app.config.slopewise_repository
    if name and doctree is not None and not page.startswith("course/"):
        context["theme_source_edit_link"] = Repository(name).edit(f"docs/{page}.md")
