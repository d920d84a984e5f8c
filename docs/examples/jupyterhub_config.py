"""An excerpt of jupyterhub_config.py: what a Slopewise class needs beside your own sign-in.

docs/jupyterhub.md goes through it. Names to change stand at the top.
"""

c = get_config()  # noqa: F821  (JupyterHub's configuration loader provides it)

COURSE = "slopewise"  # as CourseDirectory.course_id has it
FOLDER = "/srv/slopewise"  # the course: this repository, owned by the grading account
LEARNERS = "/srv/nbgrader/learners"  # a copy of docs/examples/learners
PROGRAMS = "/opt/slopewise/bin"  # one environment for the hub, every learner and the graders
GRADING_ACCOUNT = "grader-slopewise"
INSTRUCTORS = ["instructor1", "instructor2"]

# Learners: JupyterLab in their own home folder, which opens with the welcome page.
c.Spawner.cmd = [f"{PROGRAMS}/jupyterhub-singleuser"]
c.Spawner.default_url = "/lab/tree/Welcome.md"
c.Spawner.environment = {"JUPYTER_CONFIG_PATH": LEARNERS}
c.Spawner.mem_limit = "3G"  # kept by spawners that can, such as SystemdSpawner or DockerSpawner
c.Spawner.cpu_limit = 2.0

# Graders: the Formgrader (and a Lab, at /services/slopewise/lab) in the course's folder, run by the
# grading account and opened by all instructors from the hub's menu, Services.
c.JupyterHub.services = [
    {
        "name": COURSE,
        "url": "http://127.0.0.1:9999",
        "user": GRADING_ACCOUNT,
        "cwd": FOLDER,
        "oauth_no_confirm": True,  # instructors need not allow their own Formgrader first
        "command": [f"{PROGRAMS}/jupyterhub-singleuser", f"--ServerApp.root_dir={FOLDER}"],
        "environment": {"JUPYTERHUB_DEFAULT_URL": "/formgrader", "JUPYTER_CONFIG_PATH": FOLDER},
    }
]
c.JupyterHub.load_groups = {f"formgrade-{COURSE}": {"users": INSTRUCTORS}}
c.JupyterHub.load_roles = [
    {
        "name": f"formgrade-{COURSE}",
        "groups": [f"formgrade-{COURSE}"],
        "scopes": [
            f"access:services!service={COURSE}",
            f"read:services!service={COURSE}",
            "list:services",
        ],
    }
]
