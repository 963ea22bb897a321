"""The child's part: load a submission, call its function case by case, describe what came of it.

    in        out
              ready      confined; nothing of the submission has run yet
    source    loaded     or failed, with what and where
    case      returned   or raised
    ...

Everything said here may be a lie of the submission's: the trusted side believes arrays only, and compares them itself.
"""

from __future__ import annotations

import inspect
import random
import sys
from collections.abc import Callable
from types import FunctionType, ModuleType
from typing import Any

import numpy as np

from grader.sandbox.inside import channel as line
from grader.sandbox.inside.problems import described, exit_status
from grader.sandbox.inside.records import HEADER_LIMIT, PREFIX, Record, lengths, pack, unpack
from grader.sandbox.inside.returns import returned
from grader.sandbox.inside.values import decoded, encoded
from grader.sandbox.inside.watching import changed, fingerprints, watched

MODULE = "submission"
FILE = "submission.py"
NAMES_LIMIT = 20


def converse(channel: int, level: str) -> None:
    """Talks to the trusted side until it hangs up."""
    line.send(channel, Record({"kind": "ready", "level": level}))
    try:
        task = line.receive(channel)
        used = watched(task.header.get("watch", []))
        answer, function = _load(task)
        line.send(channel, answer)
        while function is not None:
            case = line.receive(channel)
            answer = _run(function, case)
            line.send(channel, Record({**answer.header, "used": sorted(used)}, answer.body))
    except line.Closed:
        return


def rehearse() -> None:
    """Loads and calls a function of our own, before any submission is there.

    A forked child copies each page of memory that it touches for the first time; this is done while nobody waits.
    """
    source = Record({"kind": "source", "entry": "f", "parameters": ["x"]}, b"def f(x):\n    return x + 1\n")
    _, function = _load(source)
    tree, body = encoded({"x": np.ones((2, 2))})
    case = Record({"kind": "case", "inputs": tree, "outputs": 1, "room": 1 << 10}, body)
    assert function is not None
    answer = _run(function, unpack(*_split(pack(case))))
    unpack(*_split(pack(answer)))
    del sys.modules[MODULE]


def _split(data: bytes) -> tuple[bytes, bytes]:
    header, _ = lengths(data[: PREFIX.size], header_limit=HEADER_LIMIT, body_limit=1 << 20)
    return data[PREFIX.size : PREFIX.size + header], data[PREFIX.size + header :]


def _load(task: Record) -> tuple[Record, Callable[..., Any] | None]:
    """The answer to "source", and the function asked for where there is one."""
    header = task.header
    try:
        code = compile(task.body.decode("utf-8"), FILE, "exec", dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError, MemoryError, OverflowError) as error:
        return Record({"kind": "failed", "at": "syntax", **described(error, FILE)}), None
    _seed()
    module = ModuleType(MODULE)
    sys.modules[MODULE] = module
    try:
        exec(code, module.__dict__)  # noqa: S102  the whole point; this process is confined and knows no answer
    except BaseException as error:
        return _failed_while_running(error), None
    return _function(module, header["entry"], header["parameters"])


def _failed_while_running(error: BaseException) -> Record:
    status = exit_status(error)
    if status is not None:
        return Record({"kind": "exited", "status": status})
    return Record({"kind": "failed", "at": "load", **described(error, FILE)})


def _function(module: ModuleType, entry: str, parameters: list[str]) -> tuple[Record, Callable[..., Any] | None]:
    function = module.__dict__.get(entry)
    if not callable(function):
        found = [n for n, v in module.__dict__.items() if isinstance(v, FunctionType) and v.__module__ == MODULE]
        header = {"kind": "failed", "at": "entry", "exists": entry in module.__dict__, "found": found[:NAMES_LIMIT]}
        return Record(header), None
    if not _can_be_called(function, parameters):
        header = {"kind": "failed", "at": "parameters", "signature": _signature(function)}
        return Record(header), None
    return Record({"kind": "loaded"}), function


def _can_be_called(function: Callable[..., Any], parameters: list[str]) -> bool:
    """By position: a learner may name the parameters differently."""
    try:
        inspect.signature(function).bind(*parameters)
    except TypeError:
        return False
    except ValueError:  # built-in functions without a signature
        return True
    return True


def _signature(function: Callable[..., Any]) -> str:
    try:
        return "(" + ", ".join(inspect.signature(function).parameters) + ")"
    except (TypeError, ValueError):
        return "(...)"


def _run(function: Callable[..., Any], case: Record) -> Record:
    """What one call returned or raised."""
    inputs = decoded(case.header["inputs"], case.body)
    names, before = list(inputs), fingerprints(inputs)
    try:
        value = function(**inputs) if _takes_names(function, names) else function(*inputs.values())
        record = returned(value, outputs=case.header["outputs"], room=case.header["room"])
        return Record({**record.header, "changed": changed(before, inputs)}, record.body)
    except BaseException as error:
        status = exit_status(error)
        if status is not None:
            return Record({"kind": "exited", "status": status})
        return Record({"kind": "raised", **described(error, FILE)})


def _takes_names(function: Callable[..., Any], names: list[str]) -> bool:
    """True where every name is a parameter: then the order in which the learner wrote them does not matter."""
    try:
        kinds = {p.name: p.kind for p in inspect.signature(function).parameters.values()}
    except (TypeError, ValueError):
        return False
    by_name = (inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY)
    return all(kinds.get(name) in by_name for name in names)


def _seed() -> None:
    """Fixed seeds, so that a submission that draws numbers earns the same verdict twice."""
    random.seed(0)
    np.random.seed(0)
    torch = sys.modules.get("torch")
    if torch is not None:
        torch.manual_seed(0)
