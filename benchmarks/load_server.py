"""The server of `load.py`: started as anybody starts it, watched, killed and started again."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

PAGE = os.sysconf("SC_PAGE_SIZE")
TICK = os.sysconf("SC_CLK_TCK")


class Server:
    """`chainrule serve --class` on a store, at one port from start to start."""

    def __init__(self, store: Path, log: Path, more: list[str]) -> None:
        self._store, self._log, self._more = store, log, more
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.peak = 0
        self.process: subprocess.Popen[str] | None = None

    def start(self) -> float:
        """Seconds until it answers."""
        began = time.perf_counter()
        words = ["serve", "--class", "--json", "--port", str(self.port), "--store", str(self._store), *self._more]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "chainrule", *words, "--log", str(self._log)], stdout=subprocess.PIPE, text=True
        )
        assert self.process.stdout is not None
        text = ""
        while not text.rstrip().endswith("}"):
            line = self.process.stdout.readline()
            if not line:
                raise SystemExit(f"the server did not start; see {self._log}")
            text += line
        assert json.loads(text)["address"]
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz") as found:
            assert found.status == 200
        return time.perf_counter() - began

    def kill(self) -> None:
        """kill -9."""
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self) -> tuple[int, float]:
        """Its exit code, and how long stopping took."""
        assert self.process is not None
        began = time.perf_counter()
        self.process.terminate()
        code = self.process.wait(120)
        return code, time.perf_counter() - began

    def measure(self) -> tuple[float, float]:
        """MB of the server itself, and of it with all its processes; the latter's peak is kept."""
        assert self.process is not None
        sizes = {pid: _resident(pid) for pid in _family(self.process.pid)}
        self.peak = max(self.peak, sum(sizes.values()))
        return sizes.get(self.process.pid, 0) / 1e6, sum(sizes.values()) / 1e6

    def processor(self) -> float:
        """Seconds of a processor that the server and its processes have used."""
        assert self.process is not None
        return sum(_seconds(pid) for pid in _family(self.process.pid))


def _family(pid: int) -> list[int]:
    parents: dict[int, int] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal():
            try:
                parents[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
    found = [pid]
    for one in found:
        found += [child for child, parent in parents.items() if parent == one]
    return found


def _resident(pid: int) -> int:
    """Its share of memory: pages that several processes have are divided among them."""
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    except OSError:
        pass
    return 0


def _seconds(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(int(value) for value in fields[11:15]) / TICK
