"""Workers that judge as usual, except for answers that say otherwise: they end their process, or keep it waiting."""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from collections.abc import Callable
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any

from chainrule.web import judge_worker
from chainrule.web.local_worker import LocalWorker

DIE = "die"
"""Ends the process, always. `die PATH 7`: unless the path is there, which is then made; judged is what follows."""
WAIT = "wait"
"""`wait PATH 7`: until the path is there; judged is what follows. That it waits is told by `PATH.begun`."""


def tricked(request: str) -> str:
    """`judge_worker.judge`, with these words at the beginning of an answer."""
    *question, answer = json.loads(request)
    if answer == DIE:
        _end()
    word, *rest = answer.split(" ", 2)
    if word in (DIE, WAIT):
        path, answer = Path(rest[0]), rest[1]
        if word == DIE and not path.exists():
            path.touch()
            _end()
        while not path.exists():
            begun(path).touch()
            time.sleep(0.002)
    return judge_worker.judge(json.dumps([*question, answer]))


def begun(path: Path) -> Path:
    """The file that tells that an answer waits for that path."""
    return path.with_name(f"{path.name}.begun")


def _end() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def imported() -> set[str]:
    """The top-level packages that a process has imported."""
    return {name.partition(".")[0] for name in sys.modules}


class _Tricked(Executor):
    def __init__(self, inner: Executor) -> None:
        self._inner = inner

    def submit(self, function: Callable[..., Any], /, *arguments: Any, **named: Any) -> Future[Any]:
        return self._inner.submit(tricked if function is judge_worker.judge else function, *arguments, **named)


class TrickedWorker(LocalWorker):
    """A process of this machine that knows these answers."""

    @property
    def executor(self) -> Executor:
        return _Tricked(super().executor)
