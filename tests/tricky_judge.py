"""A process that judges like `chainrule.bulk.judge_process`, by tricks alone: without a bank, so it starts at once.

Started as a script; as a module it tells the command, and makes tasks for it.
"""

from __future__ import annotations

import hashlib
import json
import os
import signal
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from chainrule.bulk.judge_process import serve
from chainrule.bulk.records import Task

COMMAND = (sys.executable, "-P", "-s", str(Path(__file__).resolve()))
DIE = "die"
"""Ends the process, always. `die PATH`: unless the path is there, which is then made."""
SLEEP = "sleep"
"""Takes a minute."""
PAUSE = "pause"
"""Takes a moment."""
SHOUT = "shout"
"""Prints."""
WHERE = "where"
"""Its reading is what the process sees of the world, as JSON."""


def task(answer: str, family: str = "topic.family") -> Task:
    """A task with that answer, under a key of its own."""
    return Task(family, "v1", 1, "", "a", answer, hashlib.sha256(ascii(answer).encode()).hexdigest())


def right(reading: str = "") -> dict[str, Any]:
    """A verdict as data."""
    return {
        "outcome": "right", "score": 1.0, "feedback": [], "reading": reading, "evidence": "proved", "mistake": "",
        "level": "",
    }  # fmt: skip


def judge(asked: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the answer asks for; else it is right, and read as it is typed."""
    answer: str = asked["answer"]
    word, _, rest = answer.partition(" ")
    if word == DIE and not (rest and Path(rest).exists()):
        if rest:
            Path(rest).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    if word == SLEEP:
        time.sleep(60)
    if word == PAUSE:
        time.sleep(0.02)
    if word == SHOUT:
        print("not a verdict", flush=True)  # noqa: T201
        os.write(1, b"nor this\n")
    if word == WHERE:
        seen = {"folder": str(Path.cwd()), "path": sys.path, "safe": sys.flags.safe_path, "pid": os.getpid()}
        return right(json.dumps(seen))
    return right(answer)


if __name__ == "__main__":
    serve(judge)
