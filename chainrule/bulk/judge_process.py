"""A process that judges: a line of JSON in for each answer, a line with its verdict out.

Whatever an answer does to this process, its owner lives on and knows which answer it was (`judge_child.py`). Nothing
is imported from the working folder (-P), which is an empty one.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import warnings
from collections.abc import Callable, Mapping
from queue import SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from chainrule.grading import Grader

Judge = Callable[[Mapping[str, Any]], Mapping[str, Any]]


def serve(judge: Judge) -> None:
    """Answers each request with what `judge` returns, until the input ends, which ends the process at once."""
    answers = os.dup(1)
    os.dup2(2, 1)  # what anything prints goes to the log, not between the answers
    requests: SimpleQueue[bytes] = SimpleQueue()
    Thread(target=_listen, args=(requests,), daemon=True).start()
    while True:
        found = json.dumps(judge(json.loads(requests.get()))).encode() + b"\n"
        while found:
            found = found[os.write(answers, found) :]


def _listen(requests: SimpleQueue[bytes]) -> None:
    """Takes requests, also while an answer is being judged, so that the end of the owner is seen at once."""
    for line in sys.stdin.buffer:
        requests.put(line)
    os._exit(0)


def judging(grader: Grader) -> Judge:
    """Judges with that grader."""
    from chainrule.judging_apart import Question, judged_apart

    def judge(asked: Mapping[str, Any]) -> Mapping[str, Any]:
        question = Question(*asked["question"])
        verdict = judged_apart(question, asked["seed"], asked["drawn"], asked["part"], asked["answer"], grader)
        return verdict.to_json()

    return judge


def _device(word: str) -> str:
    """The device that the word means here; torch is not imported for the processor."""
    if word == "cpu":
        return word
    from solutions.training import resolved_device

    return resolved_device(word)


def main() -> None:
    """Serves until the input ends. The argument is the device: cpu, cuda, or auto for a GPU where there is one."""
    from chainrule.grading import Grader
    from chainrule.judging_apart import be_ended_first

    be_ended_first()
    warnings.simplefilter("ignore")  # NumPy's on what answers compute
    judge = judging(Grader(_device(sys.argv[1])))
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
    serve(judge)


if __name__ == "__main__":
    main()
