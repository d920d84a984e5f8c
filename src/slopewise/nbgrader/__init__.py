"""Observing, running and judging joined to nbgrader, with its gradebook, exchange and pages.

`configure` is all that `nbgrader_config.py` calls; it names classes by their import path, so that
a command that grades nothing imports nothing of this.
"""

from __future__ import annotations

import atexit
import gc
import os
from pathlib import Path
from typing import Any

from slopewise.environment import print_anything, put_tools_on_path, report_plainly
from slopewise.notebook.files import LEFT_BEHIND

_HERE = "slopewise.nbgrader"


def configure(c: Any, configuration_file: str) -> None:
    """Plug Slopewise into nbgrader's configuration.

    Args:
        c: the traitlets configuration object that a configuration file gets.
        configuration_file: that file's `__file__`; its folder is the course's root.
    """
    put_tools_on_path()
    # nbformat's quick validator instead of its slow one: 2 ms a notebook instead of 60.
    os.environ.setdefault("NBFORMAT_VALIDATOR", "fastjsonschema")
    # Else Python would look for rubbish in 1200 modules when a command ends, for 0.3 s. Only then:
    # in a server, which goes on, what is not looked at would never be freed. Once, however often
    # the configuration is read.
    atexit.unregister(gc.freeze)
    atexit.register(gc.freeze)
    from slopewise.nbgrader.corrections import correct

    correct(c)
    report_plainly()
    print_anything()
    root = Path(configuration_file).resolve().parent
    c.CourseDirectory.root = str(root)
    # Else nbgrader puts the path into a URL as it is.
    if set(str(root)) & set("?%") and "db_url" not in c.CourseDirectory:
        from slopewise.nbgrader.gradebook_url import sqlite_url

        c.CourseDirectory.db_url = sqlite_url(root / "gradebook.db")
    c.CourseDirectory.solution_directory = "solutions"
    c.CourseDirectory.ignore = list(LEFT_BEHIND)

    # Brings in our order of work, in which a submission is put in order, run and judged; then come
    # these steps of nbgrader's, and whatever a course adds to them.
    c.Autograde.exporter_class = f"{_HERE}.converter.GradingExporter"
    c.Autograde.sanitize_preprocessors = [f"{_HERE}.recording.CheckMetadata"]
    c.Autograde.autograde_preprocessors = [
        "nbgrader.preprocessors.LimitOutput",
        f"{_HERE}.recording.RecordScores",
        "nbgrader.preprocessors.AssignLatePenalties",
        f"{_HERE}.recording.CheckMetadata",
    ]
    # release/ is part of the course and there already; generating again also fills the gradebook.
    c.GenerateAssignment.force = True
    c.GenerateAssignment.preprocessors.prepend([f"{_HERE}.consistency.KeepGrades"])
    c.GenerateAssignment.preprocessors.append(f"{_HERE}.folding.EaseTheWay")
    # The exporter makes the pages whole, and reads the gradebook once for a class.
    c.GenerateFeedback.preprocessors = []
    c.AssignLatePenalties.plugin_class = f"{_HERE}.deadlines.lateness.LatePenalty"
    c.ExportApp.plugin_class = "slopewise.exports.CsvExportPlugin"
    configure_exchange(c)
    c.ZipCollectApp.extractor_plugin = f"{_HERE}.exchange.archives.Extractor"
    c.ZipCollectApp.collector_plugin = f"{_HERE}.exchange.archives.Collector"
    c.GenerateFeedback.exporter_class = f"{_HERE}.pages.feedback.FeedbackExporter"
    c.HTMLExporter.filters = {
        "markdown2html": f"{_HERE}.pages.markdown.markdown_to_html",
        "ansi2html": f"{_HERE}.pages.highlighting.ansi_to_html",
        "highlight_code": f"{_HERE}.pages.highlighting.code_to_html",
    }
    c.HTMLExporter.sanitize_html = True

    # Whoever reads this configuration may write to the gradebook: nbgrader's commands, a server.
    from slopewise.nbgrader.learners.students import guard_students

    guard_students()

    # A learner's file may have any name, and nbgrader's lines quote it.
    plain = {"console": {"class": f"{_HERE}.plain_log.PlainFormatter"}}
    c.Application.logging_config = {"formatters": plain}

    c.KernelManager.transport_encryption = "auto"  # says what ipykernel 7 otherwise warns about
    c.FormgradeExtension.debug = False
    c.ExecutePreprocessor.timeout = 60  # of nbgrader's own validator
    c.Execute.timeout = 60


def configure_exchange(c: Any) -> None:
    """Plug Slopewise's exchange into nbgrader's configuration; enough for learners' servers.

    Args:
        c: the traitlets configuration object that a configuration file gets.
    """
    exchange = f"{_HERE}.exchange"
    c.ExchangeFactory.release_assignment = f"{exchange}.release.ReleaseAssignment"
    c.ExchangeFactory.release_feedback = f"{exchange}.release.ReleaseFeedback"
    c.ExchangeFactory.collect = f"{exchange}.collect.Collect"
    c.ExchangeFactory.submit = f"{exchange}.submit.Submit"
    c.ExchangeFactory.list = f"{exchange}.list.List"
    c.ExchangeFactory.fetch_assignment = f"{exchange}.fetch.FetchAssignment"
    c.ExchangeFactory.fetch_feedback = f"{exchange}.fetch.FetchFeedback"
