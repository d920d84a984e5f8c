"""nbgrader's settings for this course; read by every nbgrader command and by Slopewise.

What instructors most often change is at the top. `docs/` explains each of Slopewise's settings.
"""

from pathlib import Path

from slopewise.nbgrader import configure

c = get_config()  # noqa: F821  (nbgrader's configuration loader provides it)

c.CourseDirectory.course_id = "slopewise"

# Any database nbgrader accepts; without this line, the file gradebook.db in the course's folder.
# c.CourseDirectory.db_url = "postgresql+psycopg:///?service=slopewise"

# Points are lost for lateness only where you say so.
# c.LateSubmissionPlugin.penalty_method = "zero"

# Where assignments are released to and collected from. On a server with several accounts, name a
# folder as docs/jupyterhub.md has it and delete the second line: a submission's owner then counts.
c.Exchange.root = str(Path(__file__).resolve().parent / "exchange")
c.ExchangeCollect.check_owner = False

# Where learners' copies lie: the folder that `slopewise lab` opens.
c.Exchange.assignment_dir = str(Path(__file__).resolve().parent / "my-lessons")

# How submissions are run. Results are kept in this folder, so that nothing is run twice; it may be
# deleted at any time. Others: cores, limits, notebook_seconds, unboxed, scheduler.
# c.SlopewiseGrading.results = "grading/results"
# c.SlopewiseGrading.cell_seconds = 60

configure(c, __file__)
