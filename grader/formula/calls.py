"""Typed function calls: arguments checked, axes counted from the end, shapes of results."""

from __future__ import annotations

from fractions import Fraction

from grader.formula import functions
from grader.formula.errors import Span, Unreadable
from grader.formula.products import Notes, entrywise, inner, integer, matmul, outer, power, transpose
from grader.formula.shapes import reduced, shape_text, times
from grader.formula.symbols import Dim, Shape
from grader.formula.tree import Apply, Expr, Number, Variable

MAX_SIZE = 12  # of a literal such as eye(3)


def over_axis(name: str, arg: Expr, axis: Expr | None, keepdims: bool, span: Span) -> Expr:
    """A reduction (all axes unless one is given), or a function along one axis (the last unless one is given)."""
    along = functions.FUNCTIONS[name].kind == "along"
    found = _axis(axis, arg.shape, span) if axis is not None else -1 if along else None
    if not arg.shape:
        found = None
    if along:
        return Apply(name, (arg,), arg.shape, arg.row, (("axis", found),), span)
    shape = reduced(arg.shape, found, keepdims)
    return Apply(name, (arg,), shape, params=(("axis", found), ("keepdims", keepdims)), span=span)


def _axis(value: Expr, shape: Shape, span: Span) -> int:
    """The axis counted from the end, so that equal readings are equal trees."""
    axis = integer(value)
    if axis is None or (shape and not -len(shape) <= axis < len(shape)):
        raise Unreadable("axis", span, rank=len(shape))
    return axis - len(shape) if axis >= 0 else axis


def special(name: str, args: tuple[Expr, ...], span: Span, notes: Notes) -> Expr:
    """A function with a shape rule of its own."""
    first = args[0]
    match name:
        case "transpose":
            return transpose(first, span)
        case "indicator" | "Matrix":
            return first
        case "matmul":
            return matmul(first, args[1], span, notes)
        case "dot":
            vectors = len(first.shape) == len(args[1].shape) == 1
            return inner(first, args[1], span) if vectors else matmul(first, args[1], span, notes)
        case "outer":
            if len(first.shape) != 1 or len(args[1].shape) != 1:
                raise Unreadable("needs-vectors", span, name=name)
            return outer(first, args[1], span)
        case "diag":
            return _diag(first, span)
        case "trace" | "det" | "inv":
            if len(first.shape) != 2 or first.shape[0] != first.shape[1]:
                raise Unreadable("needs-square", span, name=name, shape=shape_text(first.shape))
            return Apply(name, args, first.shape if name == "inv" else (), span=span)
        case "vec":
            if len(first.shape) != 2:
                raise Unreadable("needs-matrix", span, name=name, shape=shape_text(first.shape))
            return Apply("vec", args, (times(*first.shape),), span=span)
        case "kron":
            if any(len(a.shape) != 2 for a in args):
                raise Unreadable("needs-matrix", span, name=name, shape=shape_text(first.shape))
            shape = tuple(times(a, b) for a, b in zip(first.shape, args[1].shape, strict=True))
            return Apply("kron", args, shape, span=span)
        case "ones" | "zeros" | "eye":
            dims = tuple(_dim(a, span) for a in args)
            return Apply(name, (), dims * 2 if name == "eye" else dims, span=span)
        case "one_hot":
            return Apply(name, (first,), (_dim(args[1], span),), span=span)
        case "delta":
            return entrywise("eq", args, span)
    raise Unreadable("not-yet", span, name=name)


def rewritten(name: str, args: tuple[Expr, ...], span: Span, notes: Notes) -> Expr:
    """The formula that a function of NumPy or a textbook stands for."""
    x = args[0]

    def call(function: str, *operands: Expr) -> Expr:
        return entrywise(function, operands, span)

    match name:
        case "log2" | "log10":
            return call("log", x, Number(Fraction(name[3:])))
        case "square":
            return call("pow", x, Number(Fraction(2)))
        case "cbrt":
            third = call("div", Number(Fraction(1)), Number(Fraction(3)))
            return call("mul", call("sign", x), call("pow", call("abs", x), third))
        case "sech" | "csch" | "coth":
            below = {"sech": "cosh", "csch": "sinh", "coth": "tanh"}[name]
            return call("div", Number(Fraction(1)), call(below, x))
        case "multiply" | "divide" | "add" | "subtract":
            return call({"multiply": "mul", "divide": "div", "subtract": "sub"}.get(name, name), x, args[1])
        case "power":
            return power(x, args[1], span)
        case "logaddexp":
            return call("log", call("add", call("exp", x), call("exp", args[1])))
    return matmul(special("inv", args[:1], span, notes), args[1], span, notes)  # solve


def _diag(arg: Expr, span: Span) -> Expr:
    if len(arg.shape) == 1:
        return Apply("diag", (arg,), arg.shape * 2, span=span)
    if len(arg.shape) == 2 and arg.shape[0] == arg.shape[1]:
        return Apply("diagonal", (arg,), arg.shape[:1], span=span)
    raise Unreadable("needs-square", span, name="diag", shape=shape_text(arg.shape))


def _dim(arg: Expr, span: Span) -> Dim:
    if isinstance(arg, Variable) and arg.kind == "dimension":
        return arg.name
    size = integer(arg)
    if size is None or not 1 <= size <= MAX_SIZE:
        raise Unreadable("size", span, limit=MAX_SIZE)
    return size
