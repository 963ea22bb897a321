"""A Dask cluster on this machine, as `chainrule cluster` tells to start one: for trying it out."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from tempfile import TemporaryDirectory

from chainrule.bulk.executors import ExecutorError
from chainrule.bulk.judge_child import ROOT

START = 60.0  # seconds for the scheduler to listen
QUIET = {"DASK_LOGGING__DISTRIBUTED": "error"}


@dataclass(frozen=True)
class LocalCluster:
    """A scheduler and workers, each a process of its own."""

    address: str
    scheduler: subprocess.Popen[bytes]
    workers: tuple[subprocess.Popen[bytes], ...]

    def wait(self) -> None:
        """Returns when the scheduler has ended."""
        self.scheduler.wait()


@contextmanager
def local_cluster(workers: int, port: int = 0) -> Iterator[LocalCluster]:
    """Started, for the block. port: any that is free by default. Raises ExecutorError."""
    port = port or _free_port()
    address = f"tcp://127.0.0.1:{port}"
    with ExitStack() as stack:
        folder = stack.enter_context(TemporaryDirectory(prefix="chainrule-cluster-", ignore_cleanup_errors=True))
        listen = ["scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard"]
        scheduler = _started(stack, listen, folder)
        _wait_for(port, scheduler)
        each = ["worker", address, "--nthreads", "1", "--memory-limit", "0", "--no-dashboard", "--death-timeout", "60"]
        found = tuple(_started(stack, [*each, "--local-directory", folder], folder) for _ in range(workers))
        yield LocalCluster(address, scheduler, found)


def _started(stack: ExitStack, words: Sequence[str], folder: str) -> subprocess.Popen[bytes]:
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "dask", *words],
        env={**os.environ, **QUIET, "PYTHONPATH": str(ROOT), "PYTHONSAFEPATH": "1"},
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        start_new_session=True,  # Ctrl-C reaches us, and we end them
    )
    stack.callback(_end, process)
    return process


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def _wait_for(port: int, scheduler: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + START
    while time.monotonic() < until and scheduler.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise ExecutorError(f"no scheduler could be started at port {port}; is it taken? --port names another")
