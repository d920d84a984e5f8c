"""The report on a class: from the gradebook and the verdicts to a page and tables.

`gather` reads, `withhold_names` anonymises, `page` and `write_tables` show; nothing here runs
learners' code or writes to the gradebook.
"""

from slopewise.report.anonymous import withhold_names
from slopewise.report.files import write_report
from slopewise.report.gathering import gather
from slopewise.report.model import ClassRecord

__all__ = ["ClassRecord", "gather", "withhold_names", "write_report"]
