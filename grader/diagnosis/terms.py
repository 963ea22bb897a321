"""One slip inside the formula: a term's sign, a term too many or too few, two symbols exchanged."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from itertools import combinations

from grader.diagnosis.factors import all_agree
from grader.formula.cases import Case
from grader.formula.reading import Formula, evaluate
from grader.formula.shapes import broadcast
from grader.formula.tree import Apply, Expr, variables
from grader.samples import Samples, Values, full_shape, samples
from grader.verdict import Feedback

MAX_TERMS = 8
MAX_SYMBOLS = 6


def wrong_term(got: Samples, expected: Samples) -> Feedback | None:
    """One term of the sum has the wrong sign, is one too many, or is missing."""
    for term in terms(got):
        values = values_of(term, got)
        without = [v - t for v, t in zip(got.values, values, strict=True)]
        if all_agree([w - t for w, t in zip(without, values, strict=True)], expected.values):
            return Feedback("formula.term-sign", {"term": term.unicode()})
        if all_agree(without, expected.values):
            return Feedback("formula.extra-term", {"term": term.unicode()})
    for term in terms(expected):
        values = values_of(term, expected)
        if all_agree([v + t for v, t in zip(got.values, values, strict=True)], expected.values):
            return Feedback("formula.missing-term")  # which one is for the learner to find
    return None


def values_of(term: Formula, of: Samples) -> list[Values]:
    """A term's values, with axes of size 1 where it broadcasts into the whole."""
    missing = len(of.formula.shape) - len(term.shape)
    found = [evaluate(term, case) for case in of.cases]
    return [v.reshape((v.shape[0],) + (1,) * missing + v.shape[1:]) for v in found]


def terms(of: Samples) -> list[Formula]:
    """The terms of a sum, with their signs; nothing where the formula is no sum."""
    found = [Formula(tree, of.formula.scope) for tree in _addends(of.formula.tree, 1)]
    shape = of.formula.shape
    usable = [t for t in found if not t.free and broadcast(t.shape, shape) == shape]
    plain = full_shape(of.formula) == shape  # else axes of size 1 were dropped, and nothing aligns
    return usable if plain and 1 < len(found) <= MAX_TERMS else []


def _addends(tree: Expr, sign: int) -> Iterator[Expr]:
    if isinstance(tree, Apply) and tree.op in {"add", "sub"}:
        yield from _addends(tree.args[0], sign)
        yield from _addends(tree.args[1], sign if tree.op == "add" else -sign)
    elif isinstance(tree, Apply) and tree.op == "neg":
        yield from _addends(tree.args[0], -sign)
    else:
        yield tree if sign > 0 else Apply("neg", (tree,), tree.shape, tree.row)


def exchanged_symbols(got: Samples, expected: Samples) -> Feedback | None:
    """The answer is right once two symbols of the same kind change places."""
    scope = got.formula.scope
    used = variables(got.formula.tree) | variables(expected.formula.tree)
    named = sorted(v.name for v in used if v.kind == "symbol")[:MAX_SYMBOLS]
    for a, b in combinations([scope.symbols[name] for name in named], 2):
        if (a.shape, a.domain) != (b.shape, b.domain):
            continue
        cases = tuple(_exchanged(case, a.name, b.name) for case in got.cases)
        if all_agree(list(samples(got.formula, cases).values), expected.values):
            return Feedback("formula.exchanged", {"first": a.name, "second": b.name})
    return None


def _exchanged(case: Case, a: str, b: str) -> Case:
    values = {**case.values, a: case.values[b], b: case.values[a]}
    exact = {**case.exact, a: case.exact[b], b: case.exact[a]}
    return dataclasses.replace(case, values=values, exact=exact)
