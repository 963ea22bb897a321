"""Many pairs of formulas judged from a file of JSON lines, one record in for one record out, in the same order.

In:   {"id", "answer", "expected", "symbols": {"X": ["N", "D"], "p": {"shape": ["K"], "domain": "simplex"}, "s": []},
       "indices": {"n": "N"}, "free": ["n"]}
Out:  {"id", "verdict": "equal | different | unreadable | undecided | fault", "evidence", "reading", "message",
       "diagnosis", "ms"}

A shape may hold numbers for names. Where `symbols` is missing, every name that is no function is a real number. A bad
line is `unreadable` with the reason and harms no other.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from typing import Any

from grader.answers import judge
from grader.errors import LearnerError
from grader.formula import Domain, Scope, Symbol, read
from grader.formula.lexer import plain_token
from grader.formula.names import undeclared_names
from grader.formula.symbols import DOMAINS, Dim
from grader.keys import FormulaKey
from grader.prover import Prover
from grader.sentences import sentence
from grader.verdict import Evidence, Outcome

CHUNK = 16  # lines that one task of an executor judges
VERDICTS = {
    Outcome.RIGHT: "equal",
    Outcome.WRONG: "different",
    Outcome.PARTIAL: "different",
    Outcome.UNREADABLE: "unreadable",
    Outcome.UNDECIDED: "undecided",
    Outcome.FAULT: "fault",
}


class BadLine(ValueError):
    """A line that is no pair; the message says what was expected."""


def judged(lines: Sequence[str], executor: Executor | None = None) -> Iterator[dict[str, Any]]:
    """The records for the lines, in order, as they become ready. With an executor, chunks are judged side by side."""
    chunks = [lines[at : at + CHUNK] for at in range(0, len(lines), CHUNK)]
    if executor is None:
        with Prover() as prover:
            yield from (judge_line(line, prover) for line in lines)
        return
    for records in executor.map(judge_chunk, chunks):
        yield from records


@contextmanager
def spread(jobs: int) -> Iterator[Executor | None]:
    """An executor of that many processes; None for one. Interrupted, it waits for no chunk that has not begun."""
    if jobs == 1:
        yield None
        return
    executor = ProcessPoolExecutor(jobs)
    try:
        yield executor
    except BaseException:
        executor.shutdown(cancel_futures=True)
        raise
    executor.shutdown()


def judge_chunk(lines: Sequence[str]) -> list[dict[str, Any]]:
    """The records for some lines, judged in this process."""
    with Prover() as prover:
        return [judge_line(line, prover) for line in lines]


def judge_line(line: str, prover: Prover | None = None) -> dict[str, Any]:
    """The record for one line; never raises for anything in it."""
    started = time.perf_counter()
    name: Any = None
    try:
        record = _record(line)
        name = record.get("id")
        result = _judged(record, prover)
    except BadLine as error:
        result = _result("unreadable", message=str(error))
    return {"id": name, **result, "ms": round(1000 * (time.perf_counter() - started), 3)}


def _judged(record: Mapping[str, Any], prover: Prover | None) -> dict[str, Any]:
    answer, expected = _text(record, "answer"), _text(record, "expected")
    scope = _scope(record, (answer, expected))
    try:
        key = FormulaKey(read(expected, scope), scope)
    except LearnerError as error:
        return _result("unreadable", message=f"expected: {error}", diagnosis=error.feedback.code)
    verdict = judge(answer, key, prover=prover)
    diagnosis = verdict.feedback[0].code if verdict.feedback and verdict.outcome is not Outcome.RIGHT else ""
    message = " ".join(sentence(feedback) for feedback in verdict.feedback)
    return _result(VERDICTS[verdict.outcome], verdict.evidence, verdict.reading, message, diagnosis)


def _result(
    verdict: str, evidence: Evidence = Evidence.NONE, reading: str = "", message: str = "", diagnosis: str = ""
) -> dict[str, Any]:
    return {
        "verdict": verdict,
        "evidence": evidence.value,
        "reading": reading,
        "message": message,
        "diagnosis": diagnosis,
    }


def _record(line: str) -> Mapping[str, Any]:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BadLine(f"not a line of JSON: {error}") from None
    if not isinstance(record, dict):
        raise BadLine(f"a JSON object was expected, this is a {type(record).__name__}")
    return record


def _text(record: Mapping[str, Any], field: str) -> str:
    text = record.get(field)
    if not isinstance(text, str):
        raise BadLine(f"the field {field!r} must be a text")
    return text


def _scope(record: Mapping[str, Any], texts: Sequence[str]) -> Scope:
    indices = {_name(i): _dim(d) for i, d in _mapping(record, "indices").items()}
    if "symbols" in record:
        symbols = [_symbol(name, spec) for name, spec in _mapping(record, "symbols").items()]
    else:
        found = frozenset().union(*(undeclared_names(text) for text in texts)) - set(indices)
        symbols = [Symbol(name) for name in sorted(found)]
    return Scope({symbol.name: symbol for symbol in symbols}, indices=indices)


def _mapping(record: Mapping[str, Any], field: str) -> Mapping[str, Any]:
    value = record.get(field) or {}
    if not isinstance(value, dict):
        raise BadLine(f"the field {field!r} must be an object")
    return value


def _name(name: str) -> str:
    """The name as the language spells it: `λ` is `lambda`, `h₁` is `h_1`."""
    try:
        token = plain_token(name, 0)
    except Exception:
        token = None
    if token is None or token.kind != "name" or token.span[1] != len(name):
        raise BadLine(f"{name!r} is no name of a symbol")
    return token.text


def _symbol(name: str, spec: Any) -> Symbol:
    shape, domain = spec, "real"
    if isinstance(spec, dict):
        shape, domain = spec.get("shape", []), spec.get("domain", "real")
    if not isinstance(shape, list):
        raise BadLine(f"the shape of {name!r} must be a list such as ['N', 'D']")
    return Symbol(_name(name), tuple(_dim(d) for d in shape), _domain(name, domain))


def _dim(dim: Any) -> Dim:
    if isinstance(dim, int) and not isinstance(dim, bool) and 1 <= dim <= 64:
        return dim
    if isinstance(dim, str):
        return _name(dim)
    raise BadLine(f"{dim!r} is no dimension: a name or a size from 1 to 64 was expected")


def _domain(name: str, domain: Any) -> Domain:
    if isinstance(domain, str) and domain in DOMAINS:
        return Domain(domain)
    if isinstance(domain, dict) and len(domain) == 1:
        ((kind, limits),) = domain.items()
        numbers = isinstance(limits, list) and len(limits) == 2 and all(isinstance(x, int | float) for x in limits)
        if kind in {"interval", "integer"} and numbers and limits[0] <= limits[1]:
            return Domain(kind, limits[0], limits[1])
    raise BadLine(f"the domain of {name!r} must be one of {', '.join(DOMAINS)} or {{'interval': [a, b]}}")
