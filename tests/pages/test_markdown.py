"""A learner's Markdown, as graders and learners see it in their browsers."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from slopewise.nbgrader.pages.markdown import markdown_to_html
from slopewise.nbgrader.pages.sanitizing import clean_markup

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
                ("http://", "https://", "mailto:", "data:image/png;base64,")
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
        "[x](http:notes.html)",
        "[x](HTTPS:notes.html)",
        "<a href='http:/notes.html'>x</a>",
        "<a href='ht&#9;tp:notes.html'>x</a>",
        "<a href='https:///notes.html'>x</a>",
        "<a href='//notes.html'>x</a>",
        "<a href='notes.html'>x</a>",
        "<a href='http:\\\\notes.html'>x</a>",
        "<http:notes.html>",
        "![x](notes.svg)",
    ],
)
def test_nothing_acts(source: str) -> None:
    assert Active(markdown_to_html({}, source)).found == []


@pytest.mark.parametrize(
    ("source", "page"),
    [
        ("# Head", "<h1>Head</h1>"),
        ("Some *text*.", "<p>Some <em>text</em>.</p>"),
        ("[k](https://x.org)", '<a href="https://x.org" rel="noopener noreferrer">k</a>'),
        ("<ada@x.org>", '<a href="mailto:ada@x.org" rel="noopener noreferrer">ada@x.org</a>'),
        (f"![k]({PNG})", f'<img src="{PNG}" alt="k">'),
        ("- one\n- two", "<li>one</li>"),
        ("| a |\n|--:|\n| 1 |", '<td style="text-align:right">1</td>'),
        ("```python\nx = 1\n```", '<span class="n">x</span>'),
        ("$x^2$", "<msup><mi>x</mi><mn>2</mn></msup>"),
        (
            "<details open><summary>Hint</summary>\n\n*Look.*\n\n</details>",
            "<details><summary>Hint</summary>",
        ),
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


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("A vector<float> of them", "A vector&lt;float&gt; of them"),
        ("<note>*this*</note>", "&lt;note&gt;<em>this</em>&lt;/note&gt;"),
        ("<svg><title>a<b>c</b></title></svg>", "&lt;svg&gt;&lt;title&gt;a<b>c</b>&lt;/title&gt;"),
        ("<script>\nx = 1\n</script>", "&lt;script&gt;\nx = 1\n&lt;/script&gt;"),
        ("w <!-- hidden --> b", "w  b"),
    ],
)
def test_what_is_no_tag_of_ours_is_shown_as_text(source: str, text: str) -> None:
    assert text in markdown_to_html({}, source)


@pytest.mark.parametrize("language", ["scala", "autoit", "html", "\ud83d", "x" * 5000, "1 2 3"])
def test_code_in_other_languages_is_plain(language: str) -> None:
    page = markdown_to_html({}, f"```{language}\nval x = '\\\\'\n```")
    assert "<span" not in page
    assert "val x" in page


@pytest.mark.parametrize("place", ["![{}](http://x.org)", "[a](https://x.org '{}')", "{}"])
@pytest.mark.parametrize("mark", ["&#xE000;0&#xE001;", "\ue0000\ue001", "0-0-"])
def test_a_mark_written_by_hand_stands_for_no_formula(place: str, mark: str) -> None:
    formula = "$" + "x^2 + " * 300 + "1$"
    page = markdown_to_html({}, f"{formula}\n\n" + place.format(mark * 300))
    assert page.count("<math") == 1
    assert len(page) < 100_000


def test_a_picture_elsewhere_is_not_fetched() -> None:
    assert "src" not in clean_markup('<img src="https://example.org/seen.png" alt="a">')
