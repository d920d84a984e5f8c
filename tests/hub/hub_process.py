"""A JupyterHub of a test's own, with its proxy, on the loopback interface."""

from __future__ import annotations

import http.client
import re
import secrets
import shutil
import subprocess
import sys
import time
from pathlib import Path

from tests.browser.lab_process import free_port
from tests.hub.classroom import EXAMPLES, GRADER, INSTRUCTOR, PASSWORD, Classroom
from tests.notebooks import REPOSITORY

PROXY = REPOSITORY / "build/node/node_modules/configurable-http-proxy/bin/configurable-http-proxy"
_PATIENCE = 120.0

_SIGN_IN = """

c.JupyterHub.authenticator_class = "dummy"
c.DummyAuthenticator.password = {password!r}
c.Authenticator.allow_all = True
c.JupyterHub.bind_url = "http://127.0.0.1:{port}"
c.JupyterHub.hub_bind_url = "http://127.0.0.1:{hub_port}"
c.JupyterHub.services[0]["url"] = "http://127.0.0.1:{service_port}"
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:{api_port}"
c.ConfigurableHTTPProxy.auth_token = {token!r}
c.ConfigurableHTTPProxy.command = [{node!r}, {proxy!r}]
c.JupyterHub.db_url = "sqlite:///{top}/hub/jupyterhub.sqlite"
c.JupyterHub.cookie_secret_file = "{top}/hub/cookie_secret"
c.Spawner.http_timeout = c.Spawner.start_timeout = 180
c.Spawner.mem_limit = c.Spawner.cpu_limit = None  # the spawner of a small hub keeps none
"""


class Hub:
    """A JupyterHub that runs, with the documentation's excerpt of its settings.

    Attributes:
        port: where the proxy listens.
        log: what it wrote.
    """

    def __init__(self, classroom: Classroom) -> None:
        folder = classroom.top / "hub"
        folder.mkdir(mode=0o700)
        self.port = free_port()
        self.log = folder / "hub.log"
        names = {
            "FOLDER": classroom.course,
            "LEARNERS": classroom.learners,
            "PROGRAMS": Path(sys.prefix) / "bin",
            "GRADING_ACCOUNT": GRADER,
        }
        text = (EXAMPLES / "jupyterhub_config.py").read_text(encoding="utf-8")
        for name, value in names.items():
            text, count = re.subn(rf"^{name} = .*$", f"{name} = {str(value)!r}", text, flags=re.M)
            assert count == 1, name
        text = re.sub(r"^INSTRUCTORS = .*$", f"INSTRUCTORS = [{INSTRUCTOR!r}]", text, flags=re.M)
        text += _SIGN_IN.format(
            password=PASSWORD, port=self.port, hub_port=free_port(), service_port=free_port(),
            api_port=free_port(), token=secrets.token_hex(16), node=shutil.which("node"),
            proxy=str(PROXY), top=classroom.top,
        )  # fmt: skip
        config = folder / "jupyterhub_config.py"
        config.write_text(text)
        words = [sys.executable, "-m", "jupyterhub", "--config", str(config)]
        with self.log.open("wb") as file:
            self._process = subprocess.Popen(
                classroom.command(words), cwd=folder, env=classroom.environment(),
                stdout=file, stderr=subprocess.STDOUT,
            )  # fmt: skip

    def url(self, path: str) -> str:
        """Return an address of the hub."""
        return f"http://127.0.0.1:{self.port}{path}"

    def wait_until_it_answers(self) -> None:
        """Wait until somebody can sign in."""
        deadline = time.monotonic() + _PATIENCE
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise AssertionError(f"no JupyterHub; it wrote:\n{self.log.read_text()[-3000:]}")
            time.sleep(0.3)

    def _answers(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/hub/health")
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()

    def stop(self) -> None:
        """End the hub, which ends its proxy and everybody's servers."""
        children = Path(f"/proc/{self._process.pid}/task/{self._process.pid}/children")
        for child in children.read_text().split() or [str(self._process.pid)]:
            subprocess.run(["kill", "-TERM", child], check=False)  # bwrap passes no signal on
        try:
            self._process.wait(60)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
