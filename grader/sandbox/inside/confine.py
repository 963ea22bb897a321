"""Confinement of the child: which layers this machine offers, and putting them on.

The warm process asks once (`offered`); each child puts on every layer that was offered (`put_on`) and must not run a
submission when one of them fails.

    bubblewrap only listed files exist, no other process, no network (around the warm process: `bubblewrap.py`)
    landlock   only listed files can be read, none written
    seccomp    no programs, processes, sockets, signals to others, changes to files
    uid        an identity without rights, where we are root and it can still read what a submission needs
    rlimits    memory, processor time, descriptors, sizes

With a GPU there are threads of CUDA's already. The filter and the identity hold for all threads; the file rules for the
one that runs the submission and for those that it starts, so that native code could get around them: they are put on,
and not named in the level.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

from grader.sandbox.inside import kernel, landlock, seccomp
from grader.sandbox.inside.gpu import DESCRIPTORS as GPU_DESCRIPTORS

NOBODY = 65534
DESCRIPTORS = 64
STACK_BYTES = 8 << 20


@dataclass(frozen=True)
class Confinement:
    """The layers there are.

    wrapped: the warm process was started inside bubblewrap. rules: descriptor of the file rules, or None.
    filter: the filter's first part, or None. renamed: the identity is given up. gpu: which one is visible, as in
    CUDA_VISIBLE_DEVICES, where the child opens one.
    """

    wrapped: bool = False
    rules: int | None = None
    filter: bytes | None = None
    renamed: bool = False
    gpu: str | None = None

    @property
    def level(self) -> str:
        """The layers by name, as verdicts record them."""
        layers = {
            "bubblewrap": self.wrapped,
            "landlock": self.rules is not None and self.gpu is None,
            "seccomp": self.filter is not None,
            "uid": self.renamed,
        }
        named = [name for name, there in layers.items() if there]
        return "+".join(named) or ("rlimits" if os.name == "posix" else "process")


def offered(readable: list[str], *, wrapped: bool = False, gpu: str | None = None) -> Confinement:
    """What this machine offers, each layer tried out in a process of its own.

    readable: files and folders that a submission may read, for the file rules. wrapped: we are inside bubblewrap.
    gpu: as in `Confinement`.
    """
    if sys.platform != "linux":
        return Confinement(gpu=gpu)
    rules = _rules(readable) if landlock.version() else None
    refused = seccomp.refusals() if seccomp.supported() and _works(_filter) else None
    renamed = os.geteuid() == 0 and _works(lambda: _read_as_nobody(readable))
    return Confinement(wrapped, rules, refused, renamed, gpu)


def _rules(readable: list[str]) -> int | None:
    rules = landlock.ruleset(readable)
    if _works(lambda: _restrict(rules)):
        return rules
    os.close(rules)
    return None


def put_on(confinement: Confinement, *, memory_bytes: int, cpu_seconds: int) -> None:
    """Confines this process for good. memory_bytes: beyond what it has already. Raises OSError where a layer fails."""
    if os.name == "posix":
        _limit(memory_bytes, cpu_seconds, filtered=confinement.filter is not None, gpu=confinement.gpu is not None)
    if sys.platform != "linux":
        return
    if confinement.renamed:
        _become_nobody()
    elif os.geteuid() == 0:
        kernel.drop_capabilities()
    kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)  # again: a change of identity has cleared it
    kernel.prctl(kernel.PR_SET_DUMPABLE, 0)  # a limit of 0 does not stop a core dump that goes to a program
    kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)
    if confinement.rules is not None:
        landlock.restrict(confinement.rules)
        os.close(confinement.rules)
    if confinement.filter is not None:
        seccomp.install(confinement.filter, gpu=confinement.gpu is not None)


def _limit(memory_bytes: int, cpu_seconds: int, *, filtered: bool, gpu: bool) -> None:
    import resource

    limits = {
        resource.RLIMIT_CPU: int(time.process_time()) + cpu_seconds,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_NOFILE: DESCRIPTORS + (GPU_DESCRIPTORS if gpu else 0),
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_STACK: STACK_BYTES,
    }
    if sys.platform == "linux":
        limits[resource.RLIMIT_AS] = _size() + memory_bytes
        limits[resource.RLIMIT_MEMLOCK] = 0
    if not filtered:  # this then stops a fork bomb, though not root's; on Linux threads are gone with it
        limits[resource.RLIMIT_NPROC] = 0
    for which, limit in limits.items():
        _, hard = resource.getrlimit(which)
        lowest = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        resource.setrlimit(which, (lowest, lowest))


def _size() -> int:
    """Bytes of address space that this process has now."""
    with open("/proc/self/statm", "rb") as file:  # noqa: PTH123  pathlib stays out of the warm process
        return int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")


def _become_nobody() -> None:
    os.setgroups([])
    os.setresgid(NOBODY, NOBODY, NOBODY)
    os.setresuid(NOBODY, NOBODY, NOBODY)


def _read_as_nobody(readable: list[str]) -> None:
    # An interpreter under a private home folder cannot be read by anybody else: then the identity stays, without its
    # capabilities.
    _become_nobody()
    for path in readable:
        if not os.access(path, os.R_OK):
            raise PermissionError(path)


def _restrict(rules: int) -> None:
    kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)
    landlock.restrict(rules)


def _filter() -> None:
    kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)
    seccomp.install(seccomp.refusals())


def _works(action: Callable[[], None]) -> bool:
    """True where `action` runs without an error in a process of its own."""
    pid = os.fork()
    if pid == 0:
        try:
            action()
        except OSError:
            os._exit(1)
        os._exit(0)
    return os.waitpid(pid, 0)[1] == 0
