"""A learner's Markdown, as graders and learners see it in their browsers."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from slopewise.nbgrader.markup import clean_markup
from slopewise.nbgrader.mathematics import markdown_to_html

PNG = "data:image/png;base64,aGFsbG8="


class Active(HTMLParser):
    """Collects everything in a page that could act."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"script", "iframe", "object", "embed", "svg", "form", "style", "link", "base",
                   "meta", "input", "button", "video", "audio"}:  # fmt: skip
            self.found.append(tag)
        for name, value in attrs:
            target = "".join((value or "").split()).lower()
            if name.startswith("on") or name in ("id", "srcset", "srcdoc", "formaction"):
                self.found.append(f"{tag} {name}")
            if name in ("href", "src", "xlink:href") and not target.startswith(
                ("http:", "https:", "mailto:", "#", "data:image/png;base64,")
            ):
                self.found.append(f"{tag} {name}={value}")


@pytest.mark.parametrize(
    "source",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg onload=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "<a href='&#106;avascript:alert(1)'>x</a>",
        "<a href='java\tscript:alert(1)'>x</a>",
        "<a href=' data:text/html,<script>alert(1)</script>'>x</a>",
        "<a href='vbscript:x'>x</a>",
        "<javascript:alert(1)>",
        '![x](data:image/svg+xml;base64,PHN2Zz4= "y")',
        f"<img src='{PNG}\"onerror=\"alert(1)'>",
        f'![$\\text{{" onerror=alert(1) x="}}$]({PNG})',
        f"![\ue0000\ue001 $a$]({PNG})",
        '<a title="&#xE000;0&#xE001;" href="https://x">$a" onclick="alert(1)$</a>',
        "$\\href{javascript:alert(1)}{x}$",
        "$\\text{<script>alert(1)</script>}$",
        "$$\\style{x}{</math><script>alert(1)</script>}$$",
        "$</math><img src=x onerror=alert(1)>$",
        "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
        "<div class='nbgrader_cell' id='half-check'><button>x</button></div>",
        "<style>*{display:none}</style>",
        "<base href='//x'><meta http-equiv=refresh content='0;javascript:alert(1)'>",
        "<!--><script>alert(1)</script>-->",
        "```html onmouseover=alert(1)\n<script>alert(1)</script>\n```",
        '```"><script>alert(1)</script>\nx\n```',
        "```mermaid\n<script>alert(1)</script>\n```",
        "# x <img src=x onerror=alert(1)>",
        "| <script> |\n|---|\n| <svg/onload=x> |",
        "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    ],
)
def test_nothing_acts(source: str) -> None:
    page = markdown_to_html({}, source)
    assert Active(page).found == []
    assert page.isascii() or "\ue000" not in page


@pytest.mark.parametrize(
    ("source", "page"),
    [
        ("# Head", "<h1>Head</h1>"),
        ("Some *text*.", "<p>Some <em>text</em>.</p>"),
        ("[k](https://x.org)", '<a href="https://x.org">k</a>'),
        (f"![k]({PNG})", f'<img src="{PNG}" alt="k">'),
        ("- one\n- two", "<li>one</li>"),
        ("| a |\n|--:|\n| 1 |", '<td style="text-align:right;">1</td>'),
        ("```python\nx = 1\n```", '<span class="n">x</span>'),
        ("$x^2$", "<msup><mi>x</mi><mn>2</mn></msup>"),
    ],
)
def test_honest_text_looks_as_it_is_meant(source: str, page: str) -> None:
    assert page in markdown_to_html({}, source)


@pytest.mark.parametrize(
    "source", ["![x](attachment:none.png)", "<div>" * 5000, "[" * 5000, "$" + "{" * 5000 + "$"]
)
def test_there_is_always_a_page(source: str) -> None:
    assert markdown_to_html({}, source)


def test_what_is_nested_without_end_is_shown_as_it_is() -> None:
    assert markdown_to_html({}, "<div>" * 300) == "<pre>" + "&lt;div&gt;" * 300 + "</pre>"
    assert markdown_to_html({}, "<br>" * 300).count("<br>") == 300


def test_a_picture_elsewhere_is_not_fetched() -> None:
    assert "src" not in clean_markup('<img src="https://example.org/seen.png" alt="a">')
