"""Sphinx's settings; `make docs` builds the site without the network."""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent / "extensions"))

project = "Slopewise"
extensions = ["myst_parser", "slopewise_docs"]
exclude_patterns = ["_build", "examples", "extensions"]
nitpicky = True

myst_enable_extensions = ["colon_fence", "dollarmath", "deflist"]
myst_heading_anchors = 3

# Where the site is deployed from, as GitHub's workflows say; without it no page leads there.
slopewise_repository = os.environ.get("GITHUB_REPOSITORY", "")

html_theme = "furo"
html_title = "Slopewise"
html_static_path = ["static"]
html_css_files = ["slopewise.css"]
html_js_files = ["page.js"]
html_math_renderer = "mathml"
html_copy_source = False
html_show_sourcelink = False
html_show_copyright = False
html_use_index = False
pygments_style = "a11y-high-contrast-light"  # accessible-pygments, which furo brings
pygments_dark_style = "a11y-high-contrast-dark"
