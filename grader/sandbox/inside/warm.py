"""The warm process: imports once, then forks a confined child for each submission.

It holds no reference, no expected value and no submission: a child reads its own channel. Messages on the control
socket are JSON, one a packet; descriptors travel beside them.

    in                                   out
                                         ready: level     or failed: why
    fork + [channel, output]             forked: pid + [pidfd]
    kill: pid                            ended: pid, status, cpu, when a child has gone
"""

from __future__ import annotations

import fcntl
import gc
import json
import os
import select
import signal
import socket
from collections.abc import Container
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

from grader.sandbox.inside import kernel
from grader.sandbox.inside.child import live
from grader.sandbox.inside.confine import Confinement
from grader.sandbox.inside.prepare import prepared

MESSAGE = 1 << 16
SHORT_WAIT = 0.002
"""Seconds between looks at the child on a kernel without pidfd."""
HIGH = 64
"""Descriptors from here on are free while the low ones are laid out."""


def main(settings: dict[str, Any]) -> None:
    """Serves until the control socket closes. settings: those of `start.py`."""
    control = socket.socket(fileno=settings["descriptor"])
    try:
        confinement = prepared(settings)
    except Exception as error:  # whatever it is, the other side must hear of it
        _say(control, {"kind": "failed", "why": f"{type(error).__name__}: {error}"[:1000]})
        return
    kernel.prctl(kernel.PR_SET_CHILD_SUBREAPER, 1)
    gc.freeze()  # the collector would otherwise touch, and so copy, every page in each child
    _say(control, {"kind": "ready", "level": confinement.level})
    _serve(control, confinement)


def _say(control: socket.socket, message: dict[str, Any], *descriptors: int) -> None:
    socket.send_fds(control, [json.dumps(message).encode("utf-8")], list(descriptors))


def _serve(control: socket.socket, confinement: Confinement) -> None:
    """Forks when asked to and buries the dead, until the other side is gone; its children die with this process."""
    children: dict[int, int | None] = {}  # pid -> pidfd, None on a kernel without
    while True:
        watched: list[socket.socket | int] = [control, *(watch for watch in children.values() if watch is not None)]
        blind = None in children.values()
        ready, _, _ = select.select(watched, [], [], SHORT_WAIT if blind else None)
        for pid in list(children):
            if os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None:
                _bury(control, pid, children)
        if control in ready:
            message, descriptors, _, _ = socket.recv_fds(control, MESSAGE, 2)
            if not message:
                return
            if descriptors:
                _fork(control, confinement, descriptors, children)
            elif (pid := json.loads(message)["pid"]) in children:  # else it has ended by itself
                os.kill(pid, signal.SIGKILL)


def _fork(
    control: socket.socket, confinement: Confinement, descriptors: list[int], children: dict[int, int | None]
) -> None:
    channel, output = descriptors
    parent = os.getpid()
    pid = os.fork()
    if pid == 0:
        _become_child(parent, confinement, channel, output)
    os.close(channel)
    os.close(output)
    children[pid] = watch = _pidfd(pid)
    _say(control, {"kind": "forked", "pid": pid}, *([] if watch is None else [watch]))


def _bury(control: socket.socket, pid: int, children: dict[int, int | None]) -> None:
    _kill_group(pid)
    _, status, usage = os.wait4(pid, 0)
    watch = children.pop(pid)
    if watch is not None:
        os.close(watch)
    _sweep(children)
    _say(control, {"kind": "ended", "pid": pid, "status": status, "cpu": usage.ru_utime + usage.ru_stime})


def _become_child(parent: int, confinement: Confinement, channel: int, output: int) -> NoReturn:
    """Standard streams, channel and rules as descriptors 0 to 4, nothing else open; then the submission."""
    try:
        os.setsid()
        kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:  # it died before we could ask to die with it
            os._exit(1)
        nothing = os.open(os.devnull, os.O_RDONLY)
        rules = [] if confinement.rules is None else [confinement.rules]
        kept = [fcntl.fcntl(fd, fcntl.F_DUPFD, HIGH) for fd in (nothing, output, output, channel, *rules)]
        for low, high in enumerate(kept):
            os.dup2(high, low, inheritable=False)
        os.closerange(len(kept), 1024)
        live(3, replace(confinement, rules=4) if rules else confinement)
    finally:
        os._exit(1)


def _pidfd(pid: int) -> int | None:
    try:
        return os.pidfd_open(pid)
    except OSError:  # before Linux 5.3
        return None


def _kill_group(pid: int) -> None:
    # Before the child is buried, so that its number cannot have been given to another group.
    try:
        os.killpg(pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return


def _sweep(known: Container[int]) -> None:
    """Ends what a child left behind. There is something only where processes could not be forbidden."""
    while left := [pid for pid in _children() if pid not in known]:
        for pid in left:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)


def _children() -> list[int]:
    return [int(pid) for pid in Path(f"/proc/self/task/{os.getpid()}/children").read_bytes().split()]
