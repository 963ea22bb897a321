"""Two formulas of one's own compared, with symbols declared on the command line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from grader.errors import AuthorError, LearnerError
from grader.formula.symbols import DOMAINS, Domain, Scope, Symbol
from grader.verdict import Feedback, Verdict

if TYPE_CHECKING:
    from grader.formula.symbols import Dim

_NAME = re.compile(r"[^\W\d]\w*")
_DOMAIN = re.compile(r"(?P<kind>\w+)(\((?P<low>[-+.\d]+),(?P<high>[-+.\d]+)\))?")


def compare(answer: str, key: str, scope: Scope) -> Verdict:
    """The verdict on `answer`; raises AuthorError where the key cannot be read."""
    from grader.answers import judge
    from grader.formula import read
    from grader.keys import FormulaKey
    from grader.prover import Prover

    try:
        formula = read(key, scope)
    except LearnerError as error:
        raise AuthorError(undeclared(error.feedback, "KEY", key) or f"KEY {key!r}: {error}") from None
    with Prover() as prover:
        return judge(answer, FormulaKey(formula, scope), prover=prover)


def undeclared(feedback: Feedback, role: str, text: str) -> str | None:
    """What to type for a name that no `--symbol` declares; None where the feedback is about something else."""
    if feedback.code not in {"read.unknown-name", "read.unknown-name-near"}:
        return None
    name = feedback.data["name"]
    near = f", or is it `{feedback.data['nearest']}`?" if "nearest" in feedback.data else ""
    remedy = f"declare it: --symbol {name} (a number), --symbol {name}:N (a vector) or --symbol {name}:N,D (a matrix)"
    return f"{role} {text!r}: `{name}` is not declared; {remedy}{near}"


def declared(texts: Sequence[str]) -> Scope:
    """The scope with the symbols that the texts declare, such as `X:N,D` or `p:K:simplex`.

    Raises AuthorError that names the text.
    """
    symbols = [_symbol(text) for text in texts]
    return Scope({symbol.name: symbol for symbol in symbols})


def _symbol(text: str) -> Symbol:
    name, _, rest = text.partition(":")
    dims, _, domain = rest.partition(":")
    if not _NAME.fullmatch(name):
        raise AuthorError(f"--symbol {text!r}: expected NAME, NAME:DIMS or NAME:DIMS:DOMAIN, such as X:N,D")
    shape = tuple(_dim(size.strip(), text) for size in dims.split(",")) if dims.strip() else ()
    return Symbol(name, shape, _domain(domain, text))


def _dim(size: str, text: str) -> Dim:
    if size.isdecimal() and int(size) > 0:
        return int(size)
    if _NAME.fullmatch(size):
        return size
    raise AuthorError(f"--symbol {text!r}: {size!r} is no dimension; expected a name such as N, or a size such as 3")


def _domain(domain: str, text: str) -> Domain:
    if not domain:
        return Domain()
    found = _DOMAIN.fullmatch(domain.replace(" ", ""))
    limited = found is not None and found["kind"] in {"interval", "integer"}
    if found is None or found["kind"] not in DOMAINS or limited != (found["low"] is not None):
        known = ", ".join(f"{kind}(0,1)" if kind in {"interval", "integer"} else kind for kind in DOMAINS)
        raise AuthorError(f"--symbol {text!r}: {domain!r} is no domain; expected one of {known}")
    if not limited:
        return Domain(found["kind"])
    try:
        low, high = float(found["low"]), float(found["high"])
    except ValueError:
        low, high = 1.0, 0.0
    if low > high:
        raise AuthorError(f"--symbol {text!r}: {domain!r} wants two numbers, the smaller one first")
    return Domain(found["kind"], low, high)
