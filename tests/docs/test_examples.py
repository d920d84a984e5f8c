"""The files in docs/examples, read by the programs that they are for."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from jupyterhub.app import JupyterHub
from jupyterhub.services.service import Service
from jupyterhub.spawner import Spawner
from jupyterlab_server.config import get_page_config
from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange.default import Exchange
from sqlalchemy.engine import make_url
from traitlets.config.loader import JSONFileConfigLoader, PyFileConfigLoader

from slopewise.lab.desk import PAGE as PAGE_NAME
from tests.notebooks import REPOSITORY

EXAMPLES = REPOSITORY / "docs" / "examples"
PAGE = (REPOSITORY / "docs" / "jupyterhub.md").read_text(encoding="utf-8")


def load(name: str) -> Any:
    path = EXAMPLES / name
    return PyFileConfigLoader(path.name, path=str(path.parent)).load_config()


@pytest.fixture
def hub() -> Any:
    return load("jupyterhub_config.py")


def test_jupyterhub_has_every_setting(hub: Any) -> None:
    """A name that JupyterHub does not know would be ignored without a word."""
    assert set(hub) == {"JupyterHub", "Spawner"}
    assert set(hub.JupyterHub) <= set(JupyterHub.class_trait_names(config=True))
    assert set(hub.Spawner) <= set(Spawner.class_trait_names(config=True))
    (service,) = hub.JupyterHub.services
    assert set(service) <= set(Service.class_trait_names())


def test_jupyterhub_accepts_the_values(hub: Any) -> None:
    app = JupyterHub(config=hub)
    assert app.load_groups["formgrade-slopewise"]["users"] == ["instructor1", "instructor2"]
    spawner = Spawner(config=hub)
    assert spawner.mem_limit == 3 * 2**30
    assert spawner.environment == {"JUPYTER_CONFIG_PATH": "/srv/nbgrader/learners"}


def test_the_service_is_the_course_and_its_group_may_use_it(hub: Any) -> None:
    """nbgrader finds a course by the service's name and the group's."""
    course = load("nbgrader_config.py").CourseDirectory.course_id
    (service,) = hub.JupyterHub.services
    (role,) = hub.JupyterHub.load_roles
    assert service["name"] == course
    assert role["groups"] == list(hub.JupyterHub.load_groups) == [f"formgrade-{course}"]
    assert f"access:services!service={course}" in role["scopes"]
    assert service["environment"]["JUPYTER_CONFIG_PATH"] == service["cwd"]


def test_learners_and_graders_have_one_course_and_one_exchange() -> None:
    graders, learners = load("nbgrader_config.py"), load("learners/nbgrader_config.py")
    for config in (graders, learners):
        assert CourseDirectory(config=config).course_id == "slopewise"
        assert Exchange(config=config).root == "/srv/nbgrader/exchange"
    assert set(learners) == {"CourseDirectory", "Exchange", "ExchangeFactory"}
    assert learners.ExchangeFactory == graders.ExchangeFactory


def test_the_graders_file_holds_no_password() -> None:
    url = make_url(load("nbgrader_config.py").CourseDirectory.db_url)
    assert url.get_driver_name() == "psycopg"
    assert url.password is None
    assert dict(url.query) == {"service": "slopewise"}
    assert "password" not in (EXAMPLES / "pg_service.conf").read_text()


def test_learners_have_no_formgrader(monkeypatch: pytest.MonkeyPatch) -> None:
    folder = EXAMPLES / "learners"
    server = JSONFileConfigLoader("jupyter_server_config.json", path=str(folder)).load_config()
    extensions = server.ServerApp.jpserver_extensions
    assert extensions["nbgrader.server_extensions.formgrader"] is False
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", str(folder))
    written = json.loads((folder / "labconfig" / "page_config.json").read_text())
    assert "@jupyter/nbgrader:formgrader" in written["disabledExtensions"]
    assert set(written["disabledExtensions"]) <= set(get_page_config([])["disabledExtensions"])


def test_learners_begin_with_the_welcome_page_as_a_page(hub: Any) -> None:
    assert hub.Spawner.default_url == f"/lab/tree/{PAGE_NAME}"
    name = "labconfig/default_setting_overrides.json"
    own = REPOSITORY / "src" / "slopewise" / "lab" / name
    assert (EXAMPLES / "learners" / name).read_bytes() == own.read_bytes()


def test_the_page_names_only_files_that_exist() -> None:
    named = re.findall(r"\]\((examples/[^)]+)\)|literalinclude\} (\S+)", PAGE)
    assert len(named) >= 6
    for one in named:
        assert Path(REPOSITORY, "docs", "".join(one)).is_file(), one
