"""A PostgreSQL server for tests: made in a folder of its own, on a port of this machine, gone afterwards.

`with running_server() as server: server.new_database()` gives the URL of an empty database.
"""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PATIENCE = 60  # seconds until a server answers
QUICK = ("fsync=off", "max_connections=40", "shared_buffers=16MB", "listen_addresses=127.0.0.1")


@dataclass(frozen=True)
class Server:
    """A running server. options: of its process, so that it can be started again."""

    folder: Path
    port: int
    password: str
    user: str = "tester"

    def url(self, database: str = "postgres", *, password: str | None = None) -> str:
        return f"postgresql://{self.user}:{password or self.password}@127.0.0.1:{self.port}/{database}"

    def new_database(self) -> str:
        """The URL of a new, empty database."""
        import psycopg

        name = f"test_{secrets.token_hex(6)}"
        with psycopg.connect(self.url(), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return self.url(name)


def missing() -> str:
    """Why no server can be started here; '' where one can."""
    try:
        import psycopg  # noqa: F401
    except ImportError:
        return "psycopg is not installed"
    if program("initdb") is None or program("postgres") is None:
        return "PostgreSQL's initdb and postgres are not installed"
    return ""


def program(name: str) -> str | None:
    """The path of one of PostgreSQL's programs."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return shutil.which(name) or next((str(folder / name) for folder in folders if (folder / name).is_file()), None)


@contextmanager
def running_server() -> Iterator[Server]:
    """A server that is stopped, and its folder removed, at the end."""
    folder = Path(tempfile.mkdtemp(prefix="chainrule-postgres-"))
    try:
        server = _prepared(folder)
        process = _start(server)
        try:
            yield server
        finally:
            process.send_signal(signal.SIGQUIT)  # its quickest way to stop: nothing is to be kept
            process.wait(PATIENCE)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _identity() -> dict[str, Any]:
    """Options of a process that runs as an ordinary user: the server refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    names = {entry.pw_name for entry in pwd.getpwall()}
    entry = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def _prepared(folder: Path) -> Server:
    server = Server(folder, _free_port(), secrets.token_hex(8))
    secret = folder / "password"
    secret.write_text(server.password, encoding="ascii")
    identity = _identity()
    for path in (folder, secret) if identity else ():
        os.chown(path, identity["user"], identity["group"])
    rules = [
        "--auth=scram-sha-256",
        f"--username={server.user}",
        f"--pwfile={secret}",
        "--encoding=UTF8",
        "--no-locale",
    ]
    command = [str(program("initdb")), "--no-sync", *rules, "--pgdata", str(folder / "data")]
    done = subprocess.run(command, capture_output=True, text=True, cwd=folder, **identity)
    assert done.returncode == 0, done.stdout + done.stderr
    return server


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _start(server: Server) -> subprocess.Popen[bytes]:
    options = [word for setting in (*QUICK, "unix_socket_directories=") for word in ("-c", setting)]
    command = [str(program("postgres")), "-D", str(server.folder / "data"), "-p", str(server.port), *options]
    with (server.folder / "log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, cwd=server.folder, **_identity())
    _wait(server, process)
    return process


def _wait(server: Server, process: subprocess.Popen[bytes]) -> None:
    import psycopg

    until = time.monotonic() + PATIENCE
    while True:
        try:
            psycopg.connect(server.url(), connect_timeout=2).close()
            return
        except psycopg.OperationalError as error:
            if process.poll() is not None or time.monotonic() > until:
                process.kill()
                process.wait()
                raise AssertionError(f"{error}\n{(server.folder / 'log').read_text()}") from None
            time.sleep(0.05)
