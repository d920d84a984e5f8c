"""nbgrader's settings for learners' servers: which course, and where it is handed in."""

from slopewise.nbgrader import configure_exchange

c = get_config()  # noqa: F821  (nbgrader's configuration loader provides it)

c.CourseDirectory.course_id = "slopewise"
c.Exchange.root = "/srv/nbgrader/exchange"

configure_exchange(c)
