"""Grades in the shapes that Canvas and Moodle import, as nbgrader export plugins.

.. code-block:: console

    $ nbgrader export --exporter=slopewise.exports.CanvasExportPlugin --to canvas.csv
    $ nbgrader export --exporter=slopewise.exports.MoodleExportPlugin --to moodle.csv
    $ nbgrader export --to grades.csv

The first two write one row a learner and one column a lesson, the late penalty taken off; the
third, which is the default, nbgrader's own columns, one row a lesson and learner. All are UTF-8
with the quoting of RFC 4180; what a spreadsheet would run as a formula is defused.
"""

from __future__ import annotations

from slopewise.exports.canvas import CanvasExportPlugin
from slopewise.exports.moodle import MoodleExportPlugin
from slopewise.exports.plain import CsvExportPlugin

__all__ = ["CanvasExportPlugin", "CsvExportPlugin", "MoodleExportPlugin"]
