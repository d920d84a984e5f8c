"""Grades in the shapes that Canvas and Moodle import, as nbgrader export plugins.

.. code-block:: console

    $ nbgrader export --exporter=slopewise.exports.CanvasExportPlugin --to canvas.csv
    $ nbgrader export --exporter=slopewise.exports.MoodleExportPlugin --to moodle.csv

Both write one row a learner and one column a lesson, the late penalty taken off, and UTF-8 with
the quoting of RFC 4180; what a spreadsheet would run as a formula is defused. nbgrader's own CSV
stays what `nbgrader export` writes.
"""

from __future__ import annotations

from slopewise.exports.canvas import CanvasExportPlugin
from slopewise.exports.moodle import MoodleExportPlugin

__all__ = ["CanvasExportPlugin", "MoodleExportPlugin"]
