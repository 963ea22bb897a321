"""Values of formulas in plain Python spelling at 120 digits, by a road of its own.

The text goes through Python's own grammar (`ast`), the values are mpmath numbers in NumPy object arrays. Nothing of
`grader` is used: neither its reader nor its back ends nor its sampler.

Value   an array with `row`, True for a vector on its side
point   name -> Value, sizes of the dimensions, and where a symbol's axis says so, values of free indices
"""

from __future__ import annotations

import ast
import itertools
import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import mpmath
import numpy as np

DIGITS = 120
SAME = mpmath.mpf(10) ** -60  # relative
NOISE = mpmath.mpf(10) ** -105  # absolute: what rounding leaves of a zero
POINTS = 16


class Undefined(Exception):
    """No real, finite value at this point."""


class NotPython(Exception):
    """The text is not a formula in plain Python."""


@dataclass(frozen=True)
class Value:
    """data: object array of mpf; row: a vector that lies on its side."""

    data: Any
    row: bool = False

    @property
    def rank(self) -> int:
        return int(self.data.ndim)


@dataclass(frozen=True)
class Point:
    """One point: values of the symbols, sizes of the dimensions, values of the indices (counted from 0)."""

    values: Mapping[str, Value]
    sizes: Mapping[str, int]
    indices: Mapping[str, int]

    def at(self, name: str, position: int) -> Point:
        return Point(self.values, self.sizes, {**self.indices, name: position})


def array(data: Any) -> Any:
    """An object array."""
    result = np.empty(np.shape(data), dtype=object)
    result[...] = data
    return result


# ---- points


def draw_point(group: Mapping[str, Any], rng: random.Random, widest: float = 5000) -> Point:
    """Values for a group's symbols: pairwise different sizes, entries of either sign on scales up to the widest."""
    symbols = {name: described(entry) for name, entry in group.get("symbols", {}).items()}
    named = sorted(
        {d for shape, _ in symbols.values() for d in shape if isinstance(d, str)}
        | {d for d in group.get("indices", {}).values() if isinstance(d, str)}
    )
    sizes = dict(zip(named, rng.sample(range(2, 4 + max(2, len(named))), len(named)), strict=True))
    wide = (20, 5000) if not named else ()  # constants far out, as in min(x, 100)
    scale = mpmath.mpf(min(widest, rng.choice((0.3, 1, 1, 3, 10, *wide))))
    values = {}
    for name, (shape, domain) in symbols.items():
        values[name] = Value(drawn(domain, tuple(sizes.get(d, d) for d in shape), scale, rng))
    return Point(values, sizes, {})


def described(entry: Any) -> tuple[tuple[Any, ...], Any]:
    """Shape and domain of a symbol as the data files declare it."""
    if isinstance(entry, Mapping):
        return tuple(entry.get("shape", ())), entry.get("domain", "real")
    return tuple(entry), "real"


def drawn(domain: Any, shape: tuple[int, ...], scale: Any, rng: random.Random) -> Any:
    if domain == "symmetric":
        half = normal(shape, scale, rng)
        return half + half.T
    if domain == "positive_definite":
        half = normal(shape, mpmath.mpf(1), rng)
        return half.dot(half.T) + array(np.eye(shape[0]).astype(int)) / mpmath.mpf(3)
    if domain == "orthogonal":
        return orthogonal(shape[0], rng)
    result = np.empty(shape, dtype=object)
    if domain in ("simplex", "one_hot"):
        for at in np.ndindex(shape[:-1]):
            raw = [mpmath.mpf(rng.random()) + mpmath.mpf("0.05") for _ in range(shape[-1])]
            if domain == "one_hot":
                hot = rng.randrange(shape[-1])
                raw = [mpmath.mpf(int(k == hot)) for k in range(shape[-1])]
            result[at] = array([v / sum(raw) for v in raw])
        return result
    for at in np.ndindex(shape):
        result[at] = scalar(domain, scale, rng)
    return result


def scalar(domain: Any, scale: Any, rng: random.Random) -> Any:
    if isinstance(domain, Mapping):
        ((kind, (low, high)),) = domain.items()
        if kind == "integer":
            return mpmath.mpf(rng.randint(low, high))
        return mpmath.mpf(low) + (mpmath.mpf(high) - low) * mpmath.mpf(rng.random())
    uniform = mpmath.mpf(rng.random())
    if domain == "unit":
        return uniform
    if domain == "binary":
        return mpmath.mpf(rng.randint(0, 1))
    if domain == "integer":
        return mpmath.mpf(rng.randint(0, 9))
    if domain in ("positive", "nonnegative"):
        return uniform ** rng.choice((1, 4)) * scale + mpmath.mpf("1e-9")
    return (2 * uniform - 1) * scale


def normal(shape: tuple[int, ...], scale: Any, rng: random.Random) -> Any:
    result = np.empty(shape, dtype=object)
    for at in np.ndindex(shape):
        result[at] = mpmath.mpf(rng.gauss(0, 1)) * scale
    return result


def orthogonal(size: int, rng: random.Random) -> Any:
    """Gram-Schmidt of random vectors, with either determinant."""
    rows: list[Any] = []
    while len(rows) < size:
        row = normal((size,), mpmath.mpf(1), rng)
        for other in rows * 2:
            row = row - other.dot(row) * other
        rows.append(row / mpmath.sqrt(row.dot(row)))
    return np.array(rows, dtype=object)


# ---- values


def evaluated(text: str, point: Point) -> Value:
    """The value of a text at a point. Raises `NotPython`, `Undefined`."""
    spelled = renamed(text)
    return _Walk(spelled, point).value(parsed(spelled))


def renamed(text: str) -> str:
    """The text with the name lambda, which Python keeps for itself, spelled otherwise."""
    return re.sub(r"\blambda\b", "lambda_", text).strip()


def parsed(text: str) -> ast.expr:
    if not text.isascii() or re.search(r"[\\^'{}$]", text):
        raise NotPython(text)
    try:
        return ast.parse(text, mode="eval").body
    except (SyntaxError, ValueError) as error:
        raise NotPython(f"{text}: {error}") from None


def with_free(text: str, point: Point, group: Mapping[str, Any]) -> Value:
    """The value with one more axis for each index that stays free in the text."""
    free = list(group.get("free", ()))
    used = {node.id for node in ast.walk(parsed(renamed(text))) if isinstance(node, ast.Name)}
    present = [name for name in free if name in used]
    if not present:
        return evaluated(text, point)
    ranges = [range(point.sizes.get(d, d)) for d in (group["indices"][name] for name in present)]
    entries = []
    for positions in itertools.product(*ranges):
        here = point
        for name, position in zip(present, positions, strict=True):
            here = here.at(name, position)
        entries.append(evaluated(text, here).data)
    first = entries[0]
    stacked = np.empty((len(entries), *first.shape), dtype=object)
    for k, entry in enumerate(entries):
        stacked[k] = entry
    stacked = stacked.reshape(*map(len, ranges), *first.shape)
    moved = tuple(range(len(ranges), stacked.ndim)) + tuple(range(len(ranges)))
    return Value(stacked.transpose(moved))


def same(left: Value, right: Value) -> bool:
    """Whether two values agree in shape and, entry by entry, to 60 digits."""
    if left.data.shape != right.data.shape:
        return False
    for a, b in zip(left.data.reshape(-1), right.data.reshape(-1), strict=True):
        if abs(a - b) > SAME * max(abs(a), abs(b)) and abs(a - b) > NOISE:
            return False
    return True


def relation(group: Mapping[str, Any], answer: str, expected: str, seed: str) -> str:
    """How two texts relate over random points: equal, different, undecided; "narrower" or "wider" domains apart.

    "equal" is returned where they agree at every point at which both are defined, and there are some.
    """
    rng = random.Random(f"independent:{seed}")
    compared = 0
    with mpmath.workdps(DIGITS):
        for _ in range(points(group)):
            point = draw_point(group, rng)
            try:
                mine, theirs = with_free(answer, point, group), with_free(expected, point, group)
            except Undefined:
                continue
            compared += 1
            if not same(mine, theirs):
                return "different"
    return "equal" if compared >= 3 else "undecided"


def points(group: Mapping[str, Any]) -> int:
    """More points where only numbers occur: they are cheap there, and far-off kinks want them."""
    return POINTS if any(described(entry)[0] for entry in group.get("symbols", {}).values()) else 4 * POINTS


def same_domain(group: Mapping[str, Any], answer: str, expected: str, seed: str) -> bool:
    """Whether both texts are defined at the same random points."""
    rng = random.Random(f"independent:{seed}")
    with mpmath.workdps(DIGITS):
        for _ in range(points(group)):
            point = draw_point(group, rng)
            if is_defined(answer, point, group) != is_defined(expected, point, group):
                return False
    return True


def is_defined(text: str, point: Point, group: Mapping[str, Any]) -> bool:
    try:
        with_free(text, point, group)
    except Undefined:
        return False
    return True


def each(function: Callable[..., Any], *args: Value) -> Value:
    """A function of numbers applied entry by entry, broadcast as in NumPy."""
    arrays = np.broadcast_arrays(*(a.data for a in args))
    result = np.empty(arrays[0].shape, dtype=object)
    for at in np.ndindex(result.shape):
        result[at] = real(function, *(a[at] for a in arrays))
    vectors = [a for a in args if a.rank == 1]
    if len({v.row for v in vectors}) > 1:
        raise NotPython("a column against a row")
    return Value(result, bool(vectors) and vectors[0].row and result.ndim == 1)


def real(function: Callable[..., Any], *args: Any) -> Any:
    try:
        value = function(*args)
    except (ZeroDivisionError, ValueError, OverflowError):
        raise Undefined from None
    if isinstance(value, mpmath.mpc) or not mpmath.isfinite(value):
        raise Undefined
    return value if isinstance(value, mpmath.mpf) else mpmath.mpf(value)


def number(value: Any) -> Value:
    return Value(array(mpmath.mpf(value)))


def _log(x: Any, base: Any = None) -> Any:
    if x <= 0 or (base is not None and (base <= 0 or base == 1)):
        raise ValueError
    return mpmath.log(x) if base is None else mpmath.log(x) / mpmath.log(base)


def _power(a: Any, b: Any) -> Any:
    if a == 0 and b < 0:
        raise ZeroDivisionError
    return a ** int(b) if mpmath.isint(b) else a**b


def _logaddexp(a: Any, b: Any) -> Any:
    return max(a, b) + mpmath.log1p(mpmath.exp(-abs(a - b)))


def _cbrt(x: Any) -> Any:
    return mpmath.sign(x) * abs(x) ** (mpmath.mpf(1) / 3)


def _sigmoid(x: Any) -> Any:
    return 1 / (1 + mpmath.exp(-x))


ENTRYWISE: Mapping[str, Callable[..., Any]] = {
    "exp": mpmath.exp, "expm1": mpmath.expm1, "log": _log, "ln": _log, "log1p": lambda x: _log(1 + x),
    "log2": lambda x: _log(x, 2), "log10": lambda x: _log(x, 10), "sqrt": lambda x: mpmath.sqrt(x), "cbrt": _cbrt,
    "abs": abs, "sign": mpmath.sign, "floor": mpmath.floor, "ceil": mpmath.ceil, "erf": mpmath.erf,
    "sin": mpmath.sin, "cos": mpmath.cos, "tan": mpmath.tan, "arcsin": mpmath.asin, "arccos": mpmath.acos,
    "arctan": mpmath.atan, "sinh": mpmath.sinh, "cosh": mpmath.cosh, "tanh": mpmath.tanh,
    "asin": mpmath.asin, "arcsinh": mpmath.asinh, "asinh": mpmath.asinh,
    "arccosh": mpmath.acosh, "arctanh": mpmath.atanh,
    "sigmoid": _sigmoid, "expit": _sigmoid, "relu": lambda x: max(x, mpmath.mpf(0)),
    "softplus": lambda x: _log(1 + mpmath.exp(x)), "gelu": lambda x: x * mpmath.ncdf(x), "logaddexp": _logaddexp,
    "leaky_relu": lambda x, *slope: x if x > 0 else (slope[0] if slope else mpmath.mpf("0.01")) * x,
    "maximum": max, "minimum": min, "Max": max, "Min": min, "clip": lambda x, a, b: min(max(x, a), b),
    "delta": lambda a, b: int(a == b), "KroneckerDelta": lambda a, b: int(a == b), "square": lambda x: x * x,
    "multiply": lambda a, b: a * b,
}  # fmt: skip
OPERATORS: Mapping[type, Callable[..., Any]] = {
    ast.Add: lambda a, b: a + b,
    ast.Sub: lambda a, b: a - b,
    ast.Mult: lambda a, b: a * b,
    ast.Div: lambda a, b: a / b,
    ast.Pow: _power,
    ast.FloorDiv: lambda a, b: mpmath.floor(a / b),
}
COMPARISONS: Mapping[type, Callable[..., Any]] = {
    ast.Lt: lambda a, b: int(a < b),
    ast.LtE: lambda a, b: int(a <= b),
    ast.Gt: lambda a, b: int(a > b),
    ast.GtE: lambda a, b: int(a >= b),
    ast.Eq: lambda a, b: int(a == b),
    ast.NotEq: lambda a, b: int(a != b),
}
MODULES = {"np", "torch", "math", "F"}


def product(left: Value, right: Value) -> Value:
    """`left @ right`, vectors being columns unless transposed; two columns give their inner product."""
    if not left.rank or not right.rank:
        raise NotPython("@ with a number")
    a, b = left.data, right.data
    if left.rank == right.rank == 1:
        if not left.row and right.row:
            return Value(np.outer(a, b))
        return Value(array(a.dot(b)))
    if left.rank == 1:  # a column before a matrix is NumPy's habit; a row stays a row
        return Value(a.dot(b), left.row)
    return Value(a.dot(b))


def inverse(matrix: Any) -> Any:
    size = matrix.shape[0]
    try:
        found = mpmath.inverse(mpmath.matrix(matrix.tolist()))
    except ZeroDivisionError:
        raise Undefined from None
    return array([[found[i, j] for j in range(size)] for i in range(size)])


def determinant(matrix: Any) -> Any:
    return array(mpmath.det(mpmath.matrix(matrix.tolist())))


def reduced(fold: Callable[[list[Any]], Any], arg: Value, axis: Any, keep: bool) -> Value:
    """A function of a list of numbers, over all entries or along one axis."""
    if axis is None or not arg.rank:
        return Value(array(real(fold, list(arg.data.reshape(-1)))))
    lines = np.moveaxis(arg.data, axis, -1)
    result = np.empty(lines.shape[:-1], dtype=object)
    for at in np.ndindex(result.shape):
        result[at] = real(fold, list(lines[at]))
    return Value(np.expand_dims(result, axis) if keep else result)


def _mean(v: list[Any]) -> Any:
    return sum(v) / len(v)


def _var(v: list[Any]) -> Any:
    return _mean([(x - _mean(v)) ** 2 for x in v])


def _prod(v: list[Any]) -> Any:
    result = mpmath.mpf(1)
    for x in v:
        result *= x
    return result


REDUCTIONS: Mapping[str, Callable[[list[Any]], Any]] = {
    "sum": sum,
    "mean": _mean,
    "var": _var,
    "std": lambda v: mpmath.sqrt(_var(v)),
    "norm": lambda v: mpmath.sqrt(sum(x * x for x in v)),
    "max": max,
    "min": min,
    "prod": _prod,
    "logsumexp": lambda v: mpmath.log(sum(mpmath.exp(x) for x in v)),
}


@dataclass
class _Walk:
    text: str
    point: Point

    def value(self, node: ast.expr) -> Value:
        match node:
            case ast.Constant(value=value) if isinstance(value, int | float):
                return number(ast.get_source_segment(self.text, node))
            case ast.Name(id=name):
                return self.name(name)
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return each(lambda x: -x, self.value(operand))
            case ast.UnaryOp(op=ast.UAdd(), operand=operand):
                return self.value(operand)
            case ast.BinOp(left=left, op=ast.MatMult(), right=right):
                return product(self.value(left), self.value(right))
            case ast.BinOp(left=left, op=op, right=right):
                return each(OPERATORS[type(op)], self.value(left), self.value(right))
            case ast.Compare(left=left, ops=[op], comparators=[right]):
                return each(COMPARISONS[type(op)], self.value(left), self.value(right))
            case ast.Attribute(value=base, attr="T"):
                return self.transposed(self.value(base))
            case ast.Attribute(value=ast.Name(id=module), attr="pi") if module in MODULES:
                return Value(array(+mpmath.pi))
            case ast.Subscript(value=base, slice=index):
                return self.item(self.value(base), index)
            case ast.List(elts=entries):
                return Value(np.array([self.value(e).data for e in entries], dtype=object))
            case ast.Call():
                return self.call(node)
        raise NotPython(ast.unparse(node))

    def name(self, name: str) -> Value:
        name = "lambda" if name == "lambda_" else name
        if name in self.point.values:
            return self.point.values[name]
        if name in self.point.indices:
            return number(self.point.indices[name])
        if name in self.point.sizes:
            return number(self.point.sizes[name])
        constants = {"pi": mpmath.pi, "e": mpmath.e, "E": mpmath.e, "True": 1}
        if name in constants:
            return Value(array(+mpmath.mpf(constants[name])))
        raise NotPython(f"unknown name {name}")

    @staticmethod
    def transposed(value: Value) -> Value:
        return Value(value.data, not value.row) if value.rank == 1 else Value(value.data.T)

    def whole(self, node: ast.expr) -> int:
        return int(self.value(node).data[()])

    def item(self, base: Value, index: ast.expr) -> Value:
        parts = index.elts if isinstance(index, ast.Tuple) else [index]
        key: list[Any] = []
        for part in parts:
            if isinstance(part, ast.Slice):
                ends = (part.lower, part.upper)
                key.append(slice(*(None if e is None else self.whole(e) for e in ends)))
            elif isinstance(part, ast.Constant) and part.value is None:
                key.append(None)
            else:
                key.append(self.whole(part))
        try:
            return Value(array(base.data[tuple(key)]))
        except IndexError:
            raise NotPython("index out of range") from None

    def call(self, node: ast.Call) -> Value:
        name, arguments = self.called(node)
        if name in ("Sum", "Product"):
            return self.bound(name, arguments)
        if name == "Piecewise":
            return self.piecewise(arguments)
        options = {k.arg: k.value for k in node.keywords}
        args = [self.value(a) for a in arguments]
        if name in ("max", "min") and len(args) > 1:
            return each(max if name == "max" else min, *args)
        if name in ENTRYWISE:
            return each(ENTRYWISE[name], *args)
        axis = options.get("axis", options.get("dim", arguments[1] if len(arguments) > 1 else None))
        keep = "keepdims" in options
        if name in REDUCTIONS:
            return reduced(REDUCTIONS[name], args[0], None if axis is None else self.whole(axis), keep)
        if name in ("softmax", "log_softmax"):
            return self.softmax(name, args[0], -1 if axis is None else self.whole(axis))
        if name in ("eye", "ones", "zeros"):
            return Value(filled(name, [int(a.data[()]) for a in args]))
        return matrix_function(name, args)

    def called(self, node: ast.Call) -> tuple[str, Sequence[ast.expr]]:
        """The function's name and its arguments; `x.sum()` is `sum(x)`, `np.linalg.inv(A)` is `inv(A)`."""
        if isinstance(node.func, ast.Name):
            return node.func.id, node.args
        if not isinstance(node.func, ast.Attribute):
            raise NotPython(ast.unparse(node))
        root = node.func.value
        while isinstance(root, ast.Attribute) and root.attr != "T":
            root = root.value
        if isinstance(root, ast.Name) and root.id in MODULES:
            return node.func.attr, node.args
        return node.func.attr, [node.func.value, *node.args]

    def softmax(self, name: str, arg: Value, axis: int) -> Value:
        powers = each(mpmath.exp, arg)
        total = reduced(sum, powers, axis, True)
        result = each(lambda a, b: a / b, Value(powers.data), Value(total.data))
        return Value((each(mpmath.log, result) if name == "log_softmax" else result).data, arg.row)

    def bound(self, name: str, arguments: Sequence[ast.expr]) -> Value:
        body, limits = arguments
        if not isinstance(limits, ast.Tuple):
            raise NotPython("a sum needs its limits here")
        index, low, high = limits.elts
        assert isinstance(index, ast.Name)
        terms = [
            _Walk(self.text, self.point.at(index.id, k)).value(body)
            for k in range(self.whole(low), self.whole(high) + 1)
        ]
        result = number(0 if name == "Sum" else 1)
        for term in terms:
            result = each((lambda a, b: a + b) if name == "Sum" else (lambda a, b: a * b), term, result)
        return result

    def piecewise(self, arguments: Sequence[ast.expr]) -> Value:
        """The value of the first pair whose condition holds; undefined where none does."""
        result: Value | None = None
        for pair in reversed(arguments):
            assert isinstance(pair, ast.Tuple)
            value, condition = pair.elts
            if isinstance(condition, ast.Constant):
                result = self.value(value)
            elif result is not None:
                result = self.where(condition, value, result)
            elif all(self.value(condition).data.reshape(-1)):
                result = self.value(value)
        if result is None:
            raise Undefined
        return result

    def where(self, condition: ast.expr, yes: ast.expr, no: Value) -> Value:
        return each(lambda c, a, b: a if c else b, self.value(condition), self.value(yes), no)


def filled(name: str, sizes: list[int]) -> Any:
    if name == "eye":
        return array(np.eye(sizes[0]).astype(int)) * mpmath.mpf(1)
    return array(np.full(sizes, int(name == "ones"))) * mpmath.mpf(1)


def matrix_function(name: str, args: list[Value]) -> Value:
    """Functions of vectors and matrices with a rule of their own."""
    first = args[0].data
    match name:
        case "where":
            return each(lambda c, a, b: a if c else b, *args)
        case "outer":
            return Value(np.outer(first, args[1].data))
        case "dot" | "inner" | "matmul" | "mm":
            vectors = args[0].rank == args[1].rank == 1
            return Value(array(first.dot(args[1].data))) if vectors else product(args[0], args[1])
        case "trace":
            return Value(array(np.trace(first)))
        case "det":
            return Value(determinant(first))
        case "inv":
            return Value(inverse(first))
        case "solve":
            return product(Value(inverse(first)), args[1])
        case "transpose":
            return _Walk.transposed(args[0])
        case "diag":
            return Value(_diag(first))
        case "vec":
            return Value(first.T.reshape(-1))
        case "kron":
            return Value(np.kron(first, args[1].data))
        case "Matrix" | "array" | "tensor":
            return args[0]
    raise NotPython(f"unknown function {name}")


def _diag(data: Any) -> Any:
    if data.ndim == 2:
        return array(np.diagonal(data).copy())
    result = array(np.zeros((len(data), len(data)), dtype=int)) * mpmath.mpf(1)
    for k, entry in enumerate(data):
        result[k, k] = entry
    return result
