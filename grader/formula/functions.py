"""The functions of the language: names, aliases, arity, and how each is printed.

Kinds
    entrywise   one or more arguments, broadcast against each other: exp, max(a, b), where
    reduce      one argument, an optional axis, an optional keepdims: sum, mean, norm
    along       one argument, an axis that defaults to the last, the shape stays: softmax
    special     a rule of its own in `calls.py`: outer, diag, trace, eye, ...
    rewritten   stands for a formula of other functions: log2, logaddexp, solve
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Function:
    """One function of the language. least, most: number of positional arguments."""

    name: str
    kind: str
    least: int = 1
    most: int = 1
    latex: str = ""  # "" prints \operatorname{name}


def _entrywise(names: str, least: int = 1, most: int = 1) -> list[Function]:
    return [Function(name, "entrywise", least, most) for name in names.split()]


_LATEX = {
    name: "\\" + name
    for name in "exp log sin cos tan cot sec csc sinh cosh tanh arcsin arccos arctan max min det".split()
}
_ALL = [
    *_entrywise("exp expm1 log1p sqrt abs sign floor ceil"),
    *_entrywise("sin cos tan cot sec csc arcsin arccos arctan"),
    *_entrywise("sinh cosh tanh arcsinh arccosh arctanh"),
    *_entrywise("sigmoid relu softplus gelu erf"),
    *_entrywise("log leaky_relu", 1, 2),
    *(Function(n, "rewritten") for n in "log2 log10 cbrt sech csch coth square".split()),
    *(Function(n, "rewritten", 2, 2) for n in ("logaddexp", "solve", "multiply", "divide", "add", "subtract", "power")),
    *_entrywise("where", 3, 3),
    *_entrywise("clip", 3, 3),
    *_entrywise("maximum minimum", 2, 8),
    *(Function(n, "reduce", 1, 2) for n in "sum prod mean max min var std norm logsumexp".split()),
    *(Function(n, "along", 1, 2) for n in "softmax log_softmax".split()),
    *(Function(n, "special", 1, 1) for n in "diag trace det inv vec transpose indicator".split()),
    *(Function(n, "special", 1, 2) for n in "ones zeros".split()),
    *(Function(n, "special", 2, 2) for n in "outer dot matmul kron one_hot delta".split()),
    Function("eye", "special", 1, 1),
    Function("Sum", "special", 2, 2),
    Function("Product", "special", 2, 2),
    Function("Piecewise", "special", 1, 8),
    Function("Matrix", "special", 1, 1),
]
FUNCTIONS: Mapping[str, Function] = {
    f.name: Function(f.name, f.kind, f.least, f.most, _LATEX.get(f.name, "")) for f in _ALL
}

ALIASES: Mapping[str, str] = {
    "sigma": "sigmoid", "expit": "sigmoid", "logistic": "sigmoid", "ln": "log", "Max": "maximum",
    "Min": "minimum", "amax": "max", "amin": "min", "tr": "trace", "inverse": "inv", "Abs": "abs",
    "asin": "arcsin", "acos": "arccos", "atan": "arctan", "asinh": "arcsinh", "acosh": "arccosh",
    "atanh": "arctanh", "ReLU": "relu", "array": "Matrix", "tensor": "Matrix", "I": "eye",
    "diagonal": "diag", "mm": "matmul", "inner": "dot", "identity": "eye", "ceiling": "ceil",
    "KroneckerDelta": "delta", "sgn": "sign", "clamp": "clip", "product": "prod",
}  # fmt: skip

CONSTANTS: Mapping[str, str] = {"pi": "pi", "e": "e", "E": "e"}
MODULES = frozenset({"np", "numpy", "torch", "math", "F", "sp", "sympy", "jnp"})  # np.exp is exp
AXIS_NAMES = frozenset({"axis", "dim"})
KEEP_NAMES = frozenset({"keepdims", "keepdim"})


def is_of_entries(function: Function) -> bool:
    """True where the value is one for each entry, so that `tanh²(X)` squares the entries of `tanh(X)`."""
    return function.kind in {"entrywise", "along"} or (function.kind == "rewritten" and function.name != "solve")


def find(name: str) -> Function | None:
    """The function that a name or an alias stands for, or None."""
    return FUNCTIONS.get(name) or FUNCTIONS.get(ALIASES.get(name, ""))
