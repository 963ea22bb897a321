"""One task with one child: from the source to the report."""

from __future__ import annotations

import math
import os
import select
import signal
from collections.abc import Collection

from grader.sandbox.exchange import SAID_LIMIT, Exchange, Stopped
from grader.sandbox.inside.channel import Closed, receive
from grader.sandbox.inside.child import OUT_OF_MEMORY
from grader.sandbox.inside.records import Record, RecordError
from grader.sandbox.inside.values import encoded
from grader.sandbox.received import call_result, load_failure, whole
from grader.sandbox.report import CallResult, Ending, LoadFailure, Raised, Report, SandboxError, plain
from grader.sandbox.server import START_SECONDS, Child, Ended
from grader.sandbox.task import Task

LAST_BREATH = 1.0
"""Seconds that a child which has hung up gets to end by itself: its channel closes before its status is known."""


def run(child: Child, task: Task, at_least: Collection[str] = ()) -> Report:
    """What the task came to; the child is killed afterwards.

    at_least: layers of confinement without which the submission is not run.
    Raises SandboxError where the child could not be confined so, TypeError where an input cannot be passed.
    """
    exchange = Exchange(child.channel, child.output, child.pid, task.limits)
    results: list[CallResult] = []
    failure: LoadFailure | None = None
    ending: Ending | None
    status: int | None = None
    try:
        level = _confined(exchange, task)
        _demand(level, at_least)
        failure = _load(exchange, task)
        if failure is None:
            _call_all(exchange, task, results)
        ending = _ending(failure, results)
    except Stopped as stop:
        ending, status = stop.ending, stop.status
    except RecordError:
        ending = Ending.PROTOCOL_ERROR
    finally:
        exchange.close()
    alive = ending is not None or not child.wait(LAST_BREATH)
    child.kill()
    ended = child.ended() if ending is None or task.measured else Ended(0)
    name = ""
    if ending is None:
        ending, status, name = (Ending.PROTOCOL_ERROR, None, "") if alive else _told_by(ended, task)
    cpu_seconds = max(0.0, ended.cpu_seconds - exchange.cpu_before)
    return Report(ending, level, tuple(results), failure, status, name, exchange.seconds, cpu_seconds)


def wait_for_gpu(child: Child) -> None:
    """Returns once the child has opened its GPU. Raises SandboxError where it cannot."""
    why = f"no answer within {START_SECONDS:.0f} s"
    if select.select([child.channel], [], [], START_SECONDS)[0]:
        try:
            if receive(child.channel.fileno()).kind == "open":
                return
        except (Closed, OSError):
            said = b"" if child.output is None else os.read(child.output, SAID_LIMIT)
            why = plain(said.decode("utf-8", "replace")) or "it ended"
    raise SandboxError(f"no GPU can be opened for a submission: {why}")


def _confined(exchange: Exchange, task: Task) -> str:
    """The level at which the child is confined, once it is; nothing of the submission has run."""
    limits = {
        "kind": "limits",
        "memory_bytes": task.limits.memory_mib << 20,
        "cpu_seconds": math.ceil(task.limits.cpu_seconds) + 1,  # the kernel counts whole seconds; we look more finely
    }
    try:
        return str(exchange.ask(Record(limits)).header["level"])
    except Stopped as stop:
        reason = exchange.printed or stop.ending or "it ended"
        raise SandboxError(f"a process could not be confined: {reason}") from None


def _demand(level: str, at_least: Collection[str]) -> None:
    missing = [layer for layer in at_least if layer not in level.split("+")]
    if missing:
        raise SandboxError(f"code is confined by {level} here, without {', '.join(missing)}, which is demanded")


def _load(exchange: Exchange, task: Task) -> LoadFailure | None:
    """None where the submission is loaded and its function found."""
    header = {"kind": "source", "entry": task.entry, "parameters": list(task.parameters), "watch": list(task.watch)}
    answer = _answer(exchange, Record(header, task.source.encode("utf-8")))
    return None if answer.kind == "loaded" else load_failure(answer)


def _call_all(exchange: Exchange, task: Task, results: list[CallResult]) -> None:
    """Makes the calls in order; `results` grows, so that it holds what there was when the exchange stops."""
    for call in task.calls:
        tree, body = encoded(dict(call.inputs))
        header = {"kind": "case", "inputs": tree, "outputs": task.outputs, "room": call.room}
        answer = _answer(exchange, Record(header, body), body_limit=call.room)
        results.append(call_result(answer, outputs=task.outputs))


def _answer(exchange: Exchange, record: Record, *, body_limit: int = 0) -> Record:
    answer = exchange.ask(record, body_limit=body_limit)
    if answer.kind == "exited":
        raise Stopped(Ending.EXITED, (whole(answer.header.get("status")) or 0) & 0xFF)
    return answer


def _ending(failure: LoadFailure | None, results: list[CallResult]) -> Ending:
    """How an exchange that came to its end is to be called."""
    problems = [result.problem for result in results if isinstance(result, Raised)]
    if failure is not None and failure.at != "load":
        return Ending.LOAD_ERROR
    if failure is not None and failure.problem is not None:
        problems.append(failure.problem)
    if any(problem.type == "MemoryError" for problem in problems):
        return Ending.MEMORY_LIMIT
    return Ending.RUNTIME_ERROR if problems else Ending.OK


def _told_by(ended: Ended, task: Task) -> tuple[Ending, int | None, str]:
    """Ending, exit status and name of the signal, for a child that hung up and ended by itself."""
    if os.WIFEXITED(ended.status):
        status = os.WEXITSTATUS(ended.status)
        return (Ending.MEMORY_LIMIT, None, "") if status == OUT_OF_MEMORY else (Ending.EXITED, status, "")
    number = os.WTERMSIG(ended.status)
    if number == signal.SIGXCPU or ended.cpu_seconds > task.limits.cpu_seconds:
        return Ending.TIMEOUT, None, ""
    try:
        return Ending.CRASH, None, signal.Signals(number).name
    except ValueError:
        return Ending.CRASH, None, f"signal {number}"
