"""One place inside the formula that is not right: change it, and the answer is the key.

Each kind of slip undoes itself at a node: another name of the same shape, another function, a transpose too many or too
few, two factors in the wrong order, a square forgotten, a sign. The first change that leads to the key says where.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import islice

from grader.diagnosis.factors import all_agree
from grader.formula.names import lookup
from grader.formula.places import Path, nodes, put
from grader.formula.reading import Formula, evaluate
from grader.formula.symbols import Scope
from grader.formula.tree import Apply, Expr, Number, Variable
from grader.samples import Samples, full_shape
from grader.verdict import Feedback

MOST_CHANGES = 100
MOST_EFFORT = 8_000  # scalar steps of all evaluations together: of large formulas only the likeliest changes are tried
LONGEST_PLACE = 60  # characters that are shown of it
LONGEST_CONTEXT = 30  # characters of what stands around it

_ALIKE = (
    frozenset("exp log sqrt abs sin cos tanh sigmoid relu softplus softmax log_softmax".split()),
    frozenset("sum mean max min norm var std logsumexp prod".split()),
)
_TURNED = {"add": "sub", "sub": "add", "mul": "div", "div": "mul"}


def one_place(got: Samples, expected: Samples) -> Feedback | None:
    """The place whose change makes the answer right, with the kind of slip; None where no single change does."""
    if full_shape(got.formula) != full_shape(expected.formula):
        return None
    for slip, path, tree in islice(_changes(got.formula), min(MOST_CHANGES, MOST_EFFORT // got.effort)):
        if _leads_to(Formula(tree, got.formula.scope), got, expected):
            at = dict(nodes(got.formula.tree))
            told = [Formula(at[path[:k]], got.formula.scope).unicode() for k in range(len(path) + 1)]
            around = next((text for text in told if len(text) <= LONGEST_CONTEXT), told[-1])
            return Feedback(slip.code, {"place": told[-1][:LONGEST_PLACE], "around": around[:LONGEST_PLACE]})
    return None


def _leads_to(changed: Formula, got: Samples, expected: Samples) -> bool:
    for i in got.by_size:  # the smallest case sorts out nearly all
        value, wanted = evaluate(changed, got.cases[i]), expected.values[i]
        if value.size != wanted.size or not all_agree([value.reshape(wanted.shape)], (wanted,)):
            return False
    return True


def _changes(formula: Formula) -> Iterator[tuple[Feedback, Path, Expr]]:
    """The kind of slip, the path of the place that is changed, and the tree with the change, likely slips first."""
    places = [(path, node) for path, node in nodes(formula.tree)]
    for kind in (_turned, _renamed, _another_function, _powers, _operators, _numbers):
        for path, node in places:
            for slip, changed in kind(node, formula.scope):
                if changed.shape == node.shape and changed.row == node.row:
                    yield slip, path, put(formula.tree, path, changed)


def _turned(node: Expr, scope: Scope) -> Iterator[tuple[Feedback, Expr]]:
    """A transpose too many or too few, or factors in the other order; both need a square matrix."""
    if len(node.shape) == 2 and node.shape[0] == node.shape[1]:
        if isinstance(node, Apply) and node.op == "transpose":
            yield Feedback("formula.place-transpose"), node.args[0]
        elif isinstance(node, Variable):
            yield Feedback("formula.place-transpose"), Apply("transpose", (node,), node.shape)
        elif isinstance(node, Apply) and node.op in {"matmul", "outer"} and node.args[0].shape == node.args[1].shape:
            yield Feedback("formula.place-order"), replace(node, args=node.args[::-1])


def _renamed(node: Expr, scope: Scope) -> Iterator[tuple[Feedback, Expr]]:
    if isinstance(node, Variable) and node.kind in {"symbol", "definition"}:
        for name in (*scope.symbols, *scope.definitions):
            other = lookup(name, scope)
            if other is not None and other.shape == node.shape and name != node.name:
                yield Feedback("formula.place-name"), other


def _another_function(node: Expr, scope: Scope) -> Iterator[tuple[Feedback, Expr]]:
    if not isinstance(node, Apply) or len(node.args) != 1:
        return
    for alike in _ALIKE:
        if node.op in alike:
            for name in sorted(alike - {node.op}):
                along = name in {"softmax", "log_softmax"}
                was_along = node.op in {"softmax", "log_softmax"}
                if along and not node.shape:
                    continue
                params = (("axis", -1),) if along and not was_along else () if was_along and not along else node.params
                yield Feedback("formula.place-function"), replace(node, op=name, params=params)


def _powers(node: Expr, scope: Scope) -> Iterator[tuple[Feedback, Expr]]:
    two = Number(Fraction(2))
    if isinstance(node, Apply) and node.op == "pow" and node.args[1] == two:
        yield Feedback("formula.place-power"), node.args[0]
    elif isinstance(node, Apply | Variable) and not (isinstance(node, Variable) and node.kind in {"index", "math"}):
        yield Feedback("formula.place-power"), Apply("pow", (node, two), node.shape, node.row)


def _operators(node: Expr, scope: Scope) -> Iterator[tuple[Feedback, Expr]]:
    if isinstance(node, Apply) and node.op in _TURNED:
        yield Feedback("formula.place-operator"), replace(node, op=_TURNED[node.op])
    if isinstance(node, Apply) and node.op in {"mul", "div", "sub", "add"}:
        yield from ((Feedback("formula.place-extra"), arg) for arg in node.args)
    if isinstance(node, Apply) and node.op == "neg":
        yield Feedback("formula.place-sign"), node.args[0]


def _numbers(node: Expr, scope: Scope) -> Iterator[tuple[Feedback, Expr]]:
    if isinstance(node, Number):
        for value in (node.value + 1, node.value - 1, -node.value, 2 * node.value, node.value / 2):
            yield Feedback("formula.place-number"), Number(value)
