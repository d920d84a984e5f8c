"""What the Formgrader serves of a submission: nbgrader's own scripts run, and no others."""

from __future__ import annotations

import base64
import hashlib

from slopewise.lab.submissions import policy_for

PAGE = """<!DOCTYPE html><html><head><script src="/formgrader/static/a.js"></script>
<script type="text/javascript">var base_url = "/formgrader";</script></head><body>
<span onclick="toggle_name(true);">x</span>
<div id="notebook" class="x"><p onclick="bad()">y</p><script>evil()</script></div>
<script>late()</script></body></html>"""


def digest(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def test_the_policy_names_nbgraders_scripts_and_no_learners() -> None:
    policy = policy_for(PAGE)
    allowed = ('var base_url = "/formgrader";', "toggle_name(true);")
    assert all(f"'sha256-{digest(one)}'" in policy for one in allowed)
    assert policy.count("sha256-") == len(allowed)
    scripts = next(one for one in policy.split("; ") if one.startswith("script-src"))
    assert "'unsafe-inline'" not in scripts
    assert "default-src 'none'" in policy
