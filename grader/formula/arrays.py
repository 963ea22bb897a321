"""Values of a tree in NumPy or torch, for many points at once.

P       number of points; every value has shape (P or 1, *shape), so one walk judges all points
xp      the array package: numpy or torch, whose functions used here have the same names
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from types import ModuleType
from typing import Any

from grader.formula.positions import Environment, position
from grader.formula.tree import Apply, Bound, Expr, Number, Pick, Variable

Array = Any  # numpy.ndarray or torch.Tensor

_SAME_NAME = frozenset(
    "exp expm1 log1p sqrt abs sign floor ceil sin cos tan arcsin arccos arctan sinh cosh tanh "
    "arcsinh arccosh arctanh".split()
)


@dataclass(frozen=True)
class Arrays:
    """Evaluates trees with one array package. `make` turns nested floats into an array of float64."""

    xp: ModuleType
    make: Callable[[Any], Array]
    erf: Callable[[Array], Array]
    env: Environment
    known: dict[str, Array] = field(default_factory=dict)

    def value(self, expr: Expr) -> Array:
        """The value, of shape (P or 1, *expr.shape)."""
        match expr:
            case Number(value=value):
                return self.make([float(value)])
            case Variable():
                return self.variable(expr)
            case Apply():
                return self.apply(expr)
            case Pick():
                return self.pick(expr)
            case Bound():
                return self.bound(expr)

    def variable(self, var: Variable) -> Array:
        match var.kind:
            case "math":
                return self.make([{"pi": 3.141592653589793, "e": 2.718281828459045}[var.name]])
            case "dimension":
                return self.make([float(self.env.dims[var.name])])
            case "index":
                return self.make([float(self.env.indices[var.name].value)])
            case "constant":
                return self.make([_floats(self.env.scope.constants[var.name])])
            case "definition" if var.name not in self.env.values:
                return self.definition(var.name)
        return self.env.values[var.name]

    def definition(self, name: str) -> Array:
        """The value of a formula that has a name: computed once, unless it can depend on an index."""
        tree = self.env.scope.definitions[name].tree
        if self.env.indices:
            return self.value(tree)
        if name not in self.known:
            self.known[name] = self.value(tree)
        return self.known[name]

    def apply(self, expr: Apply) -> Array:
        args = [self.value(a) for a in expr.args]
        op = expr.op
        if op in ENTRYWISE:
            return ENTRYWISE[op](self, *self.aligned(args))
        if op in _SAME_NAME:
            return getattr(self.xp, op)(args[0])
        return SPECIAL[op](self, expr, *args)

    def aligned(self, args: list[Array]) -> list[Array]:
        """The arguments with axes of size 1 put behind the points, so that all have one rank."""
        rank = max([a.ndim for a in args])
        if all([a.ndim == rank for a in args]):
            return args
        return [a.reshape((a.shape[0],) + (1,) * (rank - a.ndim) + tuple(a.shape[1:])) for a in args]

    def pick(self, expr: Pick) -> Array:
        base = self.value(expr.base)
        axis = 1
        for part in expr.parts:
            if part == "new":
                base = base.reshape((*base.shape[:axis], 1, *base.shape[axis:]))
                axis += 1
            elif part is None:
                axis += 1
            else:
                assert not isinstance(part, str)
                at = position(part, expr, self.env)
                if not 0 <= at < base.shape[axis]:
                    return base[(slice(None),) * axis + (0,)] * float("nan")
                base = base[(slice(None),) * axis + (at,)]
        return base

    def bound(self, expr: Bound) -> Array:
        total: Array = self.make([0.0 if expr.op == "Sum" else 1.0])
        for env in self.env.over(expr):
            term = Arrays(self.xp, self.make, self.erf, env).value(expr.body)
            left, right = self.aligned([total, term])
            total = left + right if expr.op == "Sum" else left * right
        return total

    def full(self, expr: Apply, value: Array) -> Array:
        """The value spread over the whole shape of the expression, with its points kept."""
        return value + self.xp.zeros((1, *self.env.sizes(expr.shape)), dtype=value.dtype)


def _floats(value: Any) -> Any:
    return float(value) if isinstance(value, Fraction) else [_floats(v) for v in value]


def _sigmoid(b: Arrays, x: Array) -> Array:
    xp = b.xp
    small = xp.exp(xp.where(x >= 0, -x, x))  # never overflows; abs would have the derivative 0 at 0
    return xp.where(x >= 0, 1 / (1 + small), small / (1 + small))


def _softplus(b: Arrays, x: Array) -> Array:
    xp = b.xp
    return xp.where(x >= 0, x, b.make([0.0])) + xp.log1p(xp.exp(xp.where(x >= 0, -x, x)))


def _gelu(b: Arrays, x: Array) -> Array:
    return x * (1 + b.erf(x / 2**0.5)) / 2


def _compare(symbol: str) -> Callable[..., Array]:
    tests: Mapping[str, Callable[[Array, Array], Array]] = {
        "lt": lambda x, y: x < y, "le": lambda x, y: x <= y, "gt": lambda x, y: x > y,
        "ge": lambda x, y: x >= y, "eq": lambda x, y: x == y, "ne": lambda x, y: x != y,
    }  # fmt: skip

    def compared(b: Arrays, x: Array, y: Array) -> Array:
        # what compares something undefined is undefined, not false
        undefined = b.xp.isnan(x) | b.xp.isnan(y)
        return b.xp.where(
            undefined, b.make([float("nan")]), b.xp.where(tests[symbol](x, y), b.make([1.0]), b.make([0.0]))
        )

    return compared


def _power(b: Arrays, x: Array, y: Array) -> Array:
    return x**y


def _fold(name: str) -> Callable[..., Array]:
    def folded(b: Arrays, *args: Array) -> Array:
        result = args[0]
        for arg in args[1:]:
            result = getattr(b.xp, name)(result, arg)
        return result

    return folded


def _log(b: Arrays, x: Array, base: Array | None = None) -> Array:
    return b.xp.log(x) if base is None else b.xp.log(x) / b.xp.log(base)


def _leaky_relu(b: Arrays, x: Array, slope: Array | None = None) -> Array:
    return b.xp.where(x > 0, x, (b.make([0.01]) if slope is None else slope) * x)


ENTRYWISE: Mapping[str, Callable[..., Array]] = {
    "neg": lambda b, x: -x,
    "add": lambda b, x, y: x + y,
    "sub": lambda b, x, y: x - y,
    "mul": lambda b, x, y: x * y,
    "div": lambda b, x, y: x / y,
    "pow": _power,
    **{op: _compare(op) for op in ("lt", "le", "gt", "ge", "eq", "ne")},
    "maximum": _fold("maximum"),
    "minimum": _fold("minimum"),
    "where": lambda b, c, x, y: b.xp.where(b.xp.isnan(c), c, b.xp.where(c != 0, x, y)),
    "clip": lambda b, x, low, high: b.xp.minimum(b.xp.maximum(x, low), high),
    "log": _log,
    "cot": lambda b, x: 1 / b.xp.tan(x),
    "sec": lambda b, x: 1 / b.xp.cos(x),
    "csc": lambda b, x: 1 / b.xp.sin(x),
    "erf": lambda b, x: b.erf(x),
    "sigmoid": _sigmoid,
    "relu": lambda b, x: b.xp.where(x <= 0, b.make([0.0]), x),  # `maximum` would hand on half a gradient at 0
    "leaky_relu": _leaky_relu,
    "softplus": _softplus,
    "gelu": _gelu,
}


def _axes(expr: Apply, x: Array) -> tuple[int, ...]:
    axis = expr.param("axis")
    return tuple(range(1, x.ndim)) if axis is None else (x.ndim + int(axis),)


def _reduce(name: str) -> Callable[[Arrays, Apply, Array], Array]:
    def reduced(b: Arrays, expr: Apply, x: Array) -> Array:
        axes = _axes(expr, x)
        if not axes:
            return x
        return getattr(b.xp, name)(x, axis=axes, keepdims=bool(expr.param("keepdims")))

    return reduced


def _prod(b: Arrays, expr: Apply, x: Array) -> Array:
    for axis in reversed(_axes(expr, x)):
        x = b.xp.prod(x, axis=axis, keepdims=bool(expr.param("keepdims")))
    return x


def _var(b: Arrays, expr: Apply, x: Array) -> Array:
    axes = _axes(expr, x)
    if not axes:
        return x * 0
    centred = x - b.xp.mean(x, axis=axes, keepdims=True)
    return b.xp.mean(centred * centred, axis=axes, keepdims=bool(expr.param("keepdims")))


def _std(b: Arrays, expr: Apply, x: Array) -> Array:
    return b.xp.sqrt(_var(b, expr, x))


def _norm(b: Arrays, expr: Apply, x: Array) -> Array:
    return b.xp.sqrt(_reduce("sum")(b, expr, x * x))


def _logsumexp(b: Arrays, expr: Apply, x: Array) -> Array:
    axes, keep = _axes(expr, x), bool(expr.param("keepdims"))
    if not axes:
        return x
    top = b.xp.amax(x, axis=axes, keepdims=True)
    shifted = b.xp.sum(b.xp.exp(x - top), axis=axes, keepdims=keep)
    return b.xp.log(shifted) + (top if keep else b.xp.amax(x, axis=axes, keepdims=False))


def _softmax(b: Arrays, expr: Apply, x: Array) -> Array:
    if x.ndim == 1:
        return x * 0 + 1
    raised = b.xp.exp(x - b.xp.amax(x, axis=_axes(expr, x), keepdims=True))
    return raised / b.xp.sum(raised, axis=_axes(expr, x), keepdims=True)


def _log_softmax(b: Arrays, expr: Apply, x: Array) -> Array:
    if x.ndim == 1:
        return x * 0
    top = x - b.xp.amax(x, axis=_axes(expr, x), keepdims=True)
    return top - b.xp.log(b.xp.sum(b.xp.exp(top), axis=_axes(expr, x), keepdims=True))


def _matmul(b: Arrays, expr: Apply, x: Array, y: Array) -> Array:
    if len(expr.args[0].shape) == 1:
        return b.xp.matmul(x[:, None, :], y)[:, 0, :]  # (P, 1, k) @ (P, k, m)
    if len(expr.args[1].shape) == 1:
        return b.xp.matmul(*b.aligned([x, y[..., None]]))[..., 0]
    return b.xp.matmul(*b.aligned([x, y]))


def _transpose(b: Arrays, expr: Apply, x: Array) -> Array:
    return x if len(expr.shape) == 1 else b.xp.swapaxes(x, 1, 2)


def _matpower(b: Arrays, expr: Apply, x: Array) -> Array:
    result = _eye_like(b, x)
    for _ in range(int(expr.param("power") or 0)):
        result = b.xp.matmul(result, x)
    return result


def _eye_like(b: Arrays, x: Array) -> Array:
    return b.xp.eye(x.shape[-1], dtype=x.dtype)[None]


def _diag(b: Arrays, expr: Apply, x: Array) -> Array:
    return x[:, :, None] * _eye_like(b, x)


def _diagonal(b: Arrays, expr: Apply, x: Array) -> Array:
    return b.xp.sum(x * _eye_like(b, x), axis=-1)


def _trace(b: Arrays, expr: Apply, x: Array) -> Array:
    return b.xp.sum(_diagonal(b, expr, x), axis=-1)


def _inv(b: Arrays, expr: Apply, x: Array) -> Array:
    try:
        return b.xp.linalg.inv(x)
    except b.xp.linalg.LinAlgError:
        return x * float("nan")


def _stack(b: Arrays, expr: Apply, *args: Array) -> Array:
    points = max(a.shape[0] for a in args)
    spread = [a + b.xp.zeros((points, *a.shape[1:]), dtype=a.dtype) for a in args]
    return b.xp.stack(spread, axis=1) if b.xp.__name__ == "numpy" else b.xp.stack(spread, dim=1)


def _one_hot(b: Arrays, expr: Apply, x: Array) -> Array:
    size = b.env.sizes(expr.shape)[0]
    return b.xp.where(x[:, None] == b.make([list(map(float, range(size)))]), b.make([1.0]), b.make([0.0]))


def _kron(b: Arrays, expr: Apply, x: Array, y: Array) -> Array:
    product = x[:, :, None, :, None] * y[:, None, :, None, :]  # (P, n, p, m, q)
    points, n, p, m, q = product.shape
    return product.reshape((points, n * p, m * q))


SPECIAL: Mapping[str, Callable[..., Array]] = {
    "kron": _kron,
    "vec": lambda b, expr, x: b.xp.swapaxes(x, 1, 2).reshape((x.shape[0], -1)),  # column by column
    "sum": _reduce("sum"),
    "mean": _reduce("mean"),
    "max": _reduce("amax"),
    "min": _reduce("amin"),
    "prod": _prod,
    "var": _var,
    "std": _std,
    "norm": _norm,
    "logsumexp": _logsumexp,
    "softmax": _softmax,
    "log_softmax": _log_softmax,
    "matmul": _matmul,
    "inner": lambda b, expr, x, y: b.xp.sum(x * y, axis=-1),
    "outer": lambda b, expr, x, y: x[:, :, None] * y[:, None, :],
    "matpower": _matpower,
    "transpose": _transpose,
    "stack": _stack,
    "diag": _diag,
    "diagonal": _diagonal,
    "trace": _trace,
    "det": lambda b, expr, x: b.xp.linalg.det(x),
    "inv": _inv,
    "ones": lambda b, expr: b.full(expr, b.make([1.0]).reshape((1,) * (len(expr.shape) + 1))),
    "zeros": lambda b, expr: b.full(expr, b.make([0.0]).reshape((1,) * (len(expr.shape) + 1))),
    "eye": lambda b, expr: b.xp.eye(b.env.sizes(expr.shape)[0], dtype=b.make([0.0]).dtype)[None],
    "one_hot": _one_hot,
}
