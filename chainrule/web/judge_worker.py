"""What runs in the processes that judge: an answer comes in as text, its verdict goes out as JSON.

A question comes as the text of its file, so that such a process reads no bank and never judges by a file that the
server has not read yet. Nothing of the server or of its store is imported here.
"""

from __future__ import annotations

import gc
import json
import os
import signal
from collections.abc import Sequence
from functools import cache
from multiprocessing import connection, parent_process
from threading import Thread
from typing import TYPE_CHECKING, Any

from chainrule.grading import Grader
from chainrule.judging_apart import Question, be_ended_first, judged_apart, question_of

if TYPE_CHECKING:
    from questions.family import Family


def request(family: Family, seed: int, values: str, part: str, answer: str | None) -> str:
    """What `judge` takes. values: as drawn and encoded, '' for any. answer: None for the right one."""
    asked = question_of(family)
    return json.dumps([[asked.id, asked.version, asked.file, asked.text], seed, values, part, answer])


def judge(request: str) -> str:
    """The verdict as JSON; what breaks here is a `fault`."""
    question, seed, values, part, answer = json.loads(request)
    return json.dumps(judged_apart(Question(*question), seed, values, part, answer, _grader()).to_json())


@cache
def _grader() -> Grader:
    """The sandbox and the prover of this process, which see its end and end too."""
    return Grader()


def start() -> None:
    """Sets up the process before its first answer."""
    # Ctrl-C and a service's stop go to all processes; the server lets this one finish. A handler, unlike SIG_IGN, is
    # not handed down to the processes that are started from here.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: None)
    os.environ["OMP_NUM_THREADS"] = "1"  # for libraries that come later, since processes side by side share the cores
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
    be_ended_first()
    Thread(target=_leave_with_parent, daemon=True).start()


def warm_up(requests: Sequence[str]) -> None:
    """Judges these answers, so that everything is imported and started when the first learner's comes."""
    for one in requests:
        judge(one)
    gc.collect()
    gc.freeze()


def _leave_with_parent() -> None:
    """Ends this process when the server is gone, however that ended: nobody else would."""
    parent: Any = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)
