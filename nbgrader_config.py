"""nbgrader's settings for this course; read by every nbgrader command, the Formgrader and Slopewise.

What instructors most often change is at the top. `docs/` explains each of Slopewise's settings.
"""

from slopewise.nbgrader_plugins import configure

c = get_config()  # noqa: F821  (nbgrader's configuration loader provides it)

c.CourseDirectory.course_id = "slopewise"

# Any database nbgrader accepts; without this line, the file gradebook.db in the course's folder.
# c.CourseDirectory.db_url = "postgresql+psycopg://user:password@host/gradebook"

# Points are lost for lateness only where you say so.
# c.AssignLatePenalties.plugin_class = "nbgrader.plugins.latesubmission.LateSubmissionPlugin"

configure(c, __file__)
