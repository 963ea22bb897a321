"""Values of a tree entry by entry, for scalars of any kind: exact fractions, mpmath numbers, SymPy expressions.

A value is a NumPy array of objects with the shape of the expression; each entry is built with the functions of a
`Scalars` table, and composite functions (softmax, variance, ...) are written out in terms of those.
"""

from __future__ import annotations

import functools
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import numpy as np

from grader.formula.positions import Environment, position
from grader.formula.tree import Apply, Bound, Expr, Number, Pick, Variable

Scalar = Any
Entries = Any  # numpy array of objects


@dataclass(frozen=True)
class Scalars:
    """One kind of scalar: how numbers and named functions are made. `compare(op, a, b)` gives 1 or 0."""

    number: Callable[[Fraction], Scalar]
    functions: Mapping[str, Callable[..., Scalar]]
    compare: Callable[[str, Scalar, Scalar], Scalar]


@dataclass(frozen=True)
class EntryWalk:
    """Evaluates trees entry by entry."""

    scalars: Scalars
    env: Environment
    known: dict[str, Entries] = field(default_factory=dict)

    def value(self, expr: Expr) -> Entries:
        """The value: an object array of the expression's shape."""
        match expr:
            case Number(value=value):
                return self.array(self.scalars.number(value))
            case Variable():
                return self.variable(expr)
            case Apply():
                return self.apply(expr)
            case Pick():
                return self.pick(expr)
            case Bound():
                return self.bound(expr)

    @staticmethod
    def array(scalar: Scalar) -> Entries:
        result = np.empty((), dtype=object)
        result[()] = scalar
        return result

    def f(self, name: str, *args: Scalar) -> Scalar:
        return self.scalars.functions[name](*args)

    def number(self, value: int) -> Scalar:
        return self.scalars.number(Fraction(value))

    def variable(self, var: Variable) -> Entries:
        match var.kind:
            case "math":
                return self.array(self.f(var.name))
            case "dimension":
                return self.array(self.number(self.env.dims[var.name]))
            case "index":
                return self.array(self.number(self.env.indices[var.name].value))
            case "constant":
                return self.constant(self.env.scope.constants[var.name])
            case "definition" if var.name not in self.env.values:
                return self.definition(var.name)
        return self.env.values[var.name]

    def definition(self, name: str) -> Entries:
        """The value of a formula that has a name: computed once, unless it can depend on an index."""
        tree = self.env.scope.definitions[name].tree
        if self.env.indices:
            return self.value(tree)
        if name not in self.known:
            self.known[name] = self.value(tree)
        return self.known[name]

    def constant(self, value: Any) -> Entries:
        if isinstance(value, Fraction):
            return self.array(self.scalars.number(value))
        return apply_entrywise(self.scalars.number, [np.array(value, dtype=object)])

    @staticmethod
    def stacked(parts: list[Entries]) -> Entries:
        result = np.empty((len(parts), *parts[0].shape), dtype=object)
        for i, part in enumerate(parts):
            result[i] = part[()] if part.ndim == 0 else part
        return result

    def apply(self, expr: Apply) -> Entries:
        args = [self.value(a) for a in expr.args]
        if expr.op in SPECIAL:
            return SPECIAL[expr.op](self, expr, *args)
        return apply_entrywise(_entrywise(self, expr.op, len(args)), args)

    def pick(self, expr: Pick) -> Entries:
        base = self.value(expr.base)
        key: list[Any] = []
        axis = 0
        for part in expr.parts:
            if part == "new":
                key.append(None)
                continue
            if part is None:
                key.append(slice(None))
            else:
                assert not isinstance(part, str)
                at = position(part, expr, self.env)
                if not 0 <= at < base.shape[axis]:
                    raise ZeroDivisionError("an index outside its range")
                key.append(at)
            axis += 1
        picked = base[tuple(key)]
        return picked if isinstance(picked, np.ndarray) else self.array(picked)

    def bound(self, expr: Bound) -> Entries:
        combine = operator.add if expr.op == "Sum" else operator.mul
        total = self.array(self.number(0 if expr.op == "Sum" else 1))
        for env in self.env.over(expr):
            total = apply_entrywise(combine, [total, EntryWalk(self.scalars, env).value(expr.body)])
        return total

    def total(self, scalars: list[Scalar]) -> Scalar:
        return functools.reduce(operator.add, scalars) if scalars else self.number(0)

    def along(self, expr: Apply, x: Entries, function: Callable[[list[Scalar]], Scalar]) -> Entries:
        """One scalar for each line of entries along the expression's axis (all entries where it has none)."""
        axis = expr.param("axis")
        if axis is None:
            result = self.array(function(list(x.reshape(-1))))
            return result.reshape((1,) * x.ndim) if expr.param("keepdims") else result
        moved = np.moveaxis(x, int(axis), -1)
        result = np.empty(moved.shape[:-1], dtype=object)
        for at in np.ndindex(result.shape):
            result[at] = function(list(moved[at]))
        return np.expand_dims(result, int(axis) % x.ndim) if expr.param("keepdims") else result

    def lines(self, expr: Apply, x: Entries, function: Callable[[list[Scalar]], list[Scalar]]) -> Entries:
        """The same shape, each line of entries along the axis replaced."""
        if x.ndim == 0:
            return self.array(function([x[()]])[0])
        axis = int(expr.param("axis") or -1)
        moved = np.moveaxis(x, axis, -1)
        result = np.empty(moved.shape, dtype=object)
        for at in np.ndindex(moved.shape[:-1]):
            for k, entry in enumerate(function(list(moved[at]))):
                result[(*at, k)] = entry
        return np.moveaxis(result, -1, axis)


def apply_entrywise(function: Callable[..., Scalar], args: list[Entries]) -> Entries:
    """The function of the entries of its arguments, broadcast against each other, as an array of objects."""
    if all(a.ndim == 0 for a in args):
        return EntryWalk.array(function(*(a[()] for a in args)))
    result: Entries = np.frompyfunc(function, len(args), 1)(*args)
    return result


def _entrywise(walk: EntryWalk, op: str, arguments: int) -> Callable[..., Scalar]:
    """The function of scalars that an entrywise operator or function stands for."""
    if op in _OPERATORS:
        return walk.scalars.functions.get(op, _OPERATORS[op])
    if op in _COMPARISONS:
        return functools.partial(walk.scalars.compare, op)
    if op == "log" and arguments == 2:
        return lambda x, base: walk.f("log", x) / walk.f("log", base)
    if op in _COMPOSITE:
        return functools.partial(_COMPOSITE[op], walk)
    return walk.scalars.functions[op]


def _extreme_of(name: str) -> Callable[..., Scalar]:
    return lambda walk, *args: functools.reduce(walk.scalars.functions[name], args)


def _relu(walk: EntryWalk, x: Scalar) -> Scalar:
    return walk.f("maximum", x, walk.number(0))


def _clip(walk: EntryWalk, x: Scalar, low: Scalar, high: Scalar) -> Scalar:
    return walk.f("minimum", walk.f("maximum", x, low), high)


def _leaky_relu(walk: EntryWalk, x: Scalar, slope: Scalar | None = None) -> Scalar:
    below = (walk.scalars.number(Fraction(1, 100)) if slope is None else slope) * x
    return walk.f("where", walk.scalars.compare("gt", x, walk.number(0)), x, below)


def _gelu(walk: EntryWalk, x: Scalar) -> Scalar:
    return x * (1 + walk.f("erf", x / walk.f("sqrt", walk.number(2)))) / 2


_COMPOSITE: Mapping[str, Callable[..., Scalar]] = {
    "maximum": _extreme_of("maximum"),
    "minimum": _extreme_of("minimum"),
    "clip": _clip,
    "relu": _relu,
    "leaky_relu": _leaky_relu,
    "gelu": _gelu,
}
_OPERATORS: Mapping[str, Callable[..., Scalar]] = {
    "neg": operator.neg,
    "add": operator.add,
    "sub": operator.sub,
    "mul": operator.mul,
    "div": operator.truediv,
    "pow": operator.pow,
}
_COMPARISONS = frozenset({"lt", "le", "gt", "ge", "eq", "ne"})


def _mean(walk: EntryWalk, xs: list[Scalar]) -> Scalar:
    return walk.total(xs) / walk.number(len(xs))


def _variance(walk: EntryWalk, xs: list[Scalar]) -> Scalar:
    mean = _mean(walk, xs)
    return _mean(walk, [(x - mean) * (x - mean) for x in xs])


def _softmax(walk: EntryWalk, xs: list[Scalar]) -> list[Scalar]:
    raised = [walk.f("exp", x) for x in xs]
    total = walk.total(raised)
    return [r / total for r in raised]


def _log_softmax(walk: EntryWalk, xs: list[Scalar]) -> list[Scalar]:
    total = _logsumexp(walk, xs)
    return [x - total for x in xs]


def _logsumexp(walk: EntryWalk, xs: list[Scalar]) -> Scalar:
    return walk.f("log", walk.total([walk.f("exp", x) for x in xs]))


def _extreme(name: str) -> Callable[[EntryWalk, list[Scalar]], Scalar]:
    return lambda walk, xs: functools.reduce(lambda a, b: walk.f(name, a, b), xs)


REDUCTIONS: Mapping[str, Callable[[EntryWalk, list[Scalar]], Scalar]] = {
    "sum": lambda walk, xs: walk.total(xs),
    "prod": lambda walk, xs: functools.reduce(operator.mul, xs),
    "mean": _mean,
    "max": _extreme("maximum"),
    "min": _extreme("minimum"),
    "var": _variance,
    "std": lambda walk, xs: walk.f("sqrt", _variance(walk, xs)),
    "norm": lambda walk, xs: walk.f("sqrt", walk.total([x * x for x in xs])),
    "logsumexp": _logsumexp,
}


def _reduction(name: str) -> Callable[[EntryWalk, Apply, Entries], Entries]:
    return lambda walk, expr, x: walk.along(expr, x, functools.partial(REDUCTIONS[name], walk))


def _matmul(walk: EntryWalk, expr: Apply, x: Entries, y: Entries) -> Entries:
    return walk_dot(walk, x, y)


def walk_dot(walk: EntryWalk, x: Entries, y: Entries) -> Entries:
    """NumPy's matmul for entries: the last axis of x against the last but one of y."""
    result = np.matmul(x, y)
    return result if isinstance(result, np.ndarray) else walk.array(result)


def _outer(walk: EntryWalk, expr: Apply, x: Entries, y: Entries) -> Entries:
    return apply_entrywise(operator.mul, [x[:, None], y[None, :]])


def _matpower(walk: EntryWalk, expr: Apply, x: Entries) -> Entries:
    result = _eye(walk, x.shape[0])
    for _ in range(int(expr.param("power") or 0)):
        result = walk_dot(walk, result, x)
    return result


def _eye(walk: EntryWalk, size: int) -> Entries:
    result = np.empty((size, size), dtype=object)
    for i, j in np.ndindex(size, size):
        result[i, j] = walk.number(int(i == j))
    return result


def _filled(value: int) -> Callable[[EntryWalk, Apply], Entries]:
    return lambda walk, expr: np.full(walk.env.sizes(expr.shape), walk.number(value), dtype=object)


def _diag(walk: EntryWalk, expr: Apply, x: Entries) -> Entries:
    result = np.full((len(x), len(x)), walk.number(0), dtype=object)
    for i, entry in enumerate(x):
        result[i, i] = entry
    return result


def _det(walk: EntryWalk, expr: Apply, x: Entries) -> Entries:
    return walk.array(determinant(walk, x))


def determinant(walk: EntryWalk, x: Entries) -> Scalar:
    """The determinant, row by row over sets of used columns: exact for every kind of scalar, n 2^n products."""
    minors: dict[int, Scalar] = {0: walk.number(1)}  # columns used so far, as bits -> signed sum of products
    for row in x:
        longer: dict[int, Scalar] = {}
        for used, value in minors.items():
            for column, entry in enumerate(row):
                if used >> column & 1:
                    continue
                product = value * entry
                crossed = (used >> column).bit_count()  # used columns to the right of this one
                signed = -product if crossed % 2 else product
                both = used | 1 << column
                longer[both] = longer[both] + signed if both in longer else signed
        minors = longer
    return minors[(1 << len(x)) - 1]


def _inv(walk: EntryWalk, expr: Apply, x: Entries) -> Entries:
    """Cramer's rule."""
    whole = determinant(walk, x)
    size = len(x)
    result = np.empty((size, size), dtype=object)
    for i, j in np.ndindex(size, size):
        minor = np.delete(np.delete(x, j, axis=0), i, axis=1)
        cofactor = determinant(walk, minor) if size > 1 else walk.number(1)
        result[i, j] = (-cofactor if (i + j) % 2 else cofactor) / whole
    return result


def _one_hot(walk: EntryWalk, expr: Apply, x: Entries) -> Entries:
    size = walk.env.sizes(expr.shape)[0]
    return walk.stacked([walk.array(walk.scalars.compare("eq", x[()], walk.number(k))) for k in range(size)])


def _kron(walk: EntryWalk, expr: Apply, x: Entries, y: Entries) -> Entries:
    product = apply_entrywise(operator.mul, [x[:, None, :, None], y[None, :, None, :]])
    n, p, m, q = product.shape
    return product.reshape((n * p, m * q))


SPECIAL: Mapping[str, Callable[..., Entries]] = {
    "kron": _kron,
    "vec": lambda walk, expr, x: x.T.reshape(-1),
    **{name: _reduction(name) for name in REDUCTIONS},
    "softmax": lambda walk, expr, x: walk.lines(expr, x, functools.partial(_softmax, walk)),
    "log_softmax": lambda walk, expr, x: walk.lines(expr, x, functools.partial(_log_softmax, walk)),
    "matmul": _matmul,
    "inner": lambda walk, expr, x, y: walk.array(walk.total([a * b for a, b in zip(x, y, strict=True)])),
    "outer": _outer,
    "matpower": _matpower,
    "transpose": lambda walk, expr, x: x if x.ndim == 1 else x.T,
    "stack": lambda walk, expr, *xs: walk.stacked(list(xs)),
    "diag": _diag,
    "diagonal": lambda walk, expr, x: np.array([x[i, i] for i in range(len(x))], dtype=object),
    "trace": lambda walk, expr, x: walk.array(walk.total([x[i, i] for i in range(len(x))])),
    "det": _det,
    "inv": _inv,
    "ones": _filled(1),
    "zeros": _filled(0),
    "eye": lambda walk, expr: _eye(walk, walk.env.sizes(expr.shape)[0]),
    "one_hot": _one_hot,
}
