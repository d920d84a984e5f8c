"""nbgrader's settings for a class on one server: the graders' file, in the course's folder.

Which database the gradebook is in, and as whom to open it, stands in the graders' own
`~/.pg_service.conf`; the password in `~/.pgpass`. So this file can be read by everybody.
"""

from slopewise.nbgrader import configure

c = get_config()  # noqa: F821  (nbgrader's configuration loader provides it)

c.CourseDirectory.course_id = "slopewise"
c.CourseDirectory.db_url = "postgresql+psycopg:///?service=slopewise"
c.Exchange.root = "/srv/nbgrader/exchange"

configure(c, __file__)

# How many notebooks each grading run has in work at once. Two graders share the machine's cores.
# c.SlopewiseGrading.cores = 4
