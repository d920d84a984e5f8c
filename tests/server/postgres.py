"""A PostgreSQL of the test's own: Debian's programs, a private socket, stopped by its own pid."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

_DEBIAN = Path("/usr/lib/postgresql")
_OWNER = "owner"
_PASSWORD = "only for this test"  # of a server that nobody else can reach
_ACCOUNT = "postgres"


@dataclass(frozen=True)
class Database:
    """A database of the server, as a grader's own two files describe it.

    Attributes:
        service: what stands for `~/.pg_service.conf`.
        passwords: what stands for `~/.pgpass`.
    """

    service: Path
    passwords: Path

    @property
    def environment(self) -> dict[str, str]:
        """How a process is told of the two files."""
        return {"PGSERVICEFILE": str(self.service), "PGPASSFILE": str(self.passwords)}


class Postgres:
    """A running server. It has no network address, and its files go when it stops."""

    def __init__(self) -> None:
        programs = _programs()
        # Not below pytest's folder: PostgreSQL does not run as root, and only root may enter there.
        self._folder = Path(tempfile.mkdtemp(prefix="slopewise-pg-", dir="/tmp"))
        secret = self._folder / "secret"
        secret.write_text(_PASSWORD, encoding="utf-8")
        if os.geteuid() == 0:
            shutil.chown(self._folder, _ACCOUNT)
            shutil.chown(secret, _ACCOUNT)
        data = self._folder / "data"
        self._run(
            [
                *(str(programs / "initdb"), f"--pgdata={data}", f"--username={_OWNER}"),
                *(f"--pwfile={secret}", "--auth=scram-sha-256", "--encoding=UTF8"),
                *("--locale=C.UTF-8", "--no-sync"),
            ]
        )
        self._log = self._folder / "log"
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                _as_somebody(
                    [
                        *(str(programs / "postgres"), "-D", str(data), "-k", str(self._folder)),
                        *("-c", "listen_addresses=", "-c", "fsync=off"),
                    ]
                ),
                stdout=log,
                stderr=log,
                cwd=self._folder,
            )
        try:
            self._wait()
        except BaseException:
            self.stop()
            raise

    def _run(self, command: Sequence[str]) -> None:
        done = subprocess.run(
            _as_somebody(command), capture_output=True, text=True, cwd=self._folder, check=False
        )
        assert done.returncode == 0, done.stderr

    def _wait(self) -> None:
        while True:
            assert self._process.poll() is None, self._log.read_text(errors="replace")
            try:
                self._connect().close()
                return
            except psycopg.OperationalError:
                time.sleep(0.05)

    def _connect(self) -> psycopg.Connection:
        return psycopg.connect(
            host=str(self._folder),
            dbname="postgres",
            user=_OWNER,
            password=_PASSWORD,
            autocommit=True,
        )

    def make_database(self, name: str, folder: Path, example: Path) -> Database:
        """Make a role and its database, as docs/jupyterhub.md tells, and a grader's two files.

        Args:
            name: the database's.
            folder: where the files are put.
            example: the `pg_service.conf` that the documentation shows; its host and database
                are replaced.
        """
        with self._connect() as connection:
            roles = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = 'slopewise'")
            if roles.fetchone() is None:
                connection.execute(f"CREATE ROLE slopewise LOGIN PASSWORD '{_PASSWORD}'")
            connection.execute(f"CREATE DATABASE {name} OWNER slopewise")
        text = example.read_text(encoding="utf-8")
        for old, new in (
            ("host=/var/run/postgresql", f"host={self._folder}"),
            ("dbname=gradebook", f"dbname={name}"),
        ):
            assert old in text
            text = text.replace(old, new)
        folder.mkdir(parents=True, exist_ok=True)
        database = Database(folder / "pg_service.conf", folder / "pgpass")
        database.service.write_text(text, encoding="utf-8")
        database.passwords.touch(mode=0o600)
        database.passwords.write_text(f"*:*:{name}:slopewise:{_PASSWORD}\n", encoding="utf-8")
        return database

    def stop(self) -> None:
        """Stop the server by its own process id and remove its files."""
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)  # a fast shutdown
        self._process.wait()
        shutil.rmtree(self._folder)


def _programs() -> Path:
    """Where `initdb` and `postgres` are; Debian does not put them on PATH."""
    found = sorted(_DEBIAN.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    if on_path is None:
        pytest.fail("PostgreSQL is missing: apt-get install postgresql", pytrace=False)
    return Path(on_path).resolve().parent


def _as_somebody(command: Sequence[str]) -> list[str]:
    """The command as an account that PostgreSQL accepts; it ends when the tests do."""
    words = ["setpriv", "--pdeathsig=INT"]
    if os.geteuid() == 0:
        words += [f"--reuid={_ACCOUNT}", f"--regid={_ACCOUNT}", "--init-groups"]
    return [*words, *command]
