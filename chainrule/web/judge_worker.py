"""What runs in the processes that judge: an answer comes in as text, its verdict goes out as JSON.

A question comes as the text of its file, so that such a process reads no bank and never judges by a file that the
server has not read yet. Nothing of the server or of its store is imported here.
"""

from __future__ import annotations

import gc
import json
import logging
import os
import signal
from collections.abc import Sequence
from dataclasses import replace
from functools import cache, lru_cache
from multiprocessing import connection, parent_process
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

from chainrule.grading import Grader, fault
from chainrule.quizfile import encoded
from grader.errors import AuthorError

if TYPE_CHECKING:
    from grader.verdict import Verdict
    from questions.family import Family
    from questions.variant import Variant

FAMILIES, VARIANTS = 600, 1000  # that one process remembers
OOM = "500"  # where memory runs out, the system ends this process before the server; 0 is usual, 1000 the most
log = logging.getLogger(__name__)


def request(family: Family, seed: int, values: str, part: str, answer: str | None) -> str:
    """What `judge` takes. values: as drawn and encoded, '' for any. answer: None for the right one."""
    text = "\n".join(family.document.lines)
    return json.dumps([[family.id, family.version, family.file, text], seed, values, part, answer])


def judge(request: str) -> str:
    """The verdict as JSON; what breaks here is a `fault`."""
    try:
        return json.dumps(_verdict(*json.loads(request)).to_json())
    except AuthorError as error:
        return json.dumps(fault(error).to_json())
    except Exception as error:  # told without its message, which may hold a key
        log.exception("an answer could not be judged")
        return json.dumps(fault(AuthorError(type(error).__name__)).to_json())


def _verdict(question: Sequence[str], seed: int, values: str, part_id: str, answer: str | None) -> Verdict:
    variant = _variant(tuple(question), seed)
    if values and encoded(variant.values) != values:
        raise AuthorError(f"{variant.family} draws other values than it did when it was asked")
    part = next(part for part in variant.parts if part.id == part_id)
    return _grader().grade(part, part.answer_text if answer is None else answer)


@lru_cache(maxsize=VARIANTS)
def _variant(question: tuple[str, ...], seed: int) -> Variant:
    return _family(question).draw(seed)


@lru_cache(maxsize=FAMILIES)
def _family(question: tuple[str, ...]) -> Family:
    from questions.family import read_family

    id, version, file, text = question
    topic, _, name = id.partition(".")
    return replace(read_family(text, file, topic=topic, name=name), version=version)


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
    _be_ended_first()
    Thread(target=_leave_with_parent, daemon=True).start()


def warm_up(requests: Sequence[str]) -> None:
    """Judges these answers, so that everything is imported and started when the first learner's comes."""
    for one in requests:
        judge(one)
    gc.collect()
    gc.freeze()


def _be_ended_first() -> None:
    try:
        Path("/proc/self/oom_score_adj").write_text(OOM, encoding="ascii")
    except OSError:  # not on Linux
        return


def _leave_with_parent() -> None:
    """Ends this process when the server is gone, however that ended: nobody else would."""
    parent: Any = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)
