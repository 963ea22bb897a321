"""Typed operators: entrywise combination, transposes, products and powers, each with its shape rule.

Vectors have rank 1 and stand as columns; `x.T` lies as a row. Orientation decides how products are read:

    matrix @ column   column              row @ column      inner product (a scalar)
    row @ matrix      row                 column @ row      outer product (a matrix)
    matrix @ matrix   matrix              column @ column   inner product, noted: "read as xᵀ y"
    column @ matrix   column, noted: "read as Aᵀ x" (NumPy's habit)
"""

from __future__ import annotations

from fractions import Fraction

from grader.formula.errors import Span, Unreadable
from grader.formula.identity import as_factors, beside_matrix
from grader.formula.shapes import broadcast, shape_text
from grader.formula.symbols import Shape
from grader.formula.tree import Apply, Expr, Number, Variable
from grader.verdict import Feedback

_VERBS = {"add": "add", "sub": "subtract", "mul": "multiply entrywise", "div": "divide", "matmul": "multiply"}

MAX_EXPONENT = 100

Notes = list[Feedback]  # remarks on lenient readings, collected while one formula is read


def note(notes: Notes, code: str, span: Span, **data: str) -> None:
    """Adds a remark on how the text between two places was read."""
    notes.append(Feedback(f"note.{code}", {"start": span[0], "end": span[1], **data}))


def entrywise(op: str, args: tuple[Expr, ...], span: Span) -> Expr:
    """The operator applied entry by entry, broadcast on trailing axes."""
    args = beside_matrix(args)
    shape = broadcast(*(a.shape for a in args))
    vectors = [a for a in args if len(a.shape) == 1]
    if len({v.row for v in vectors}) > 1:
        left, right = (shape_text(v.shape, v.row) for v in vectors[:2])
        raise Unreadable("column-row", span, left=left, right=right)
    if shape is None:
        raise mismatch(op, args, span)
    row = len(shape) == 1 and bool(vectors) and vectors[0].row
    return Apply(op, args, shape, row, span=span)


def mismatch(op: str, args: tuple[Expr, ...], span: Span) -> Unreadable:
    """The error for shapes that do not fit, with the transpose that would make them fit."""
    shapes = [shape_text(a.shape, a.row) for a in args]
    remedy = _remedy([a.shape for a in args]) if op == "matmul" else ""
    data = {"op": _VERBS.get(op, f"combine in {op}"), "shapes": shapes, "listed": " and ".join(shapes)}
    return Unreadable(f"shapes{remedy}", span, **data)


def _remedy(shapes: list[Shape]) -> str:
    """The end of the feedback code that names what would make two factors fit; '' where nothing obvious does."""
    left, right = shapes
    inner = right[0] if len(right) == 1 else right[-2]
    if len(left) == 2 and left[0] == inner:
        return "-transpose-left"
    if len(right) == 2 and left[-1] == right[1]:
        return "-transpose-right"
    return ""


def beside(left: Expr, right: Expr, span: Span, notes: Notes) -> Expr:
    """Juxtaposition: a product with a number, else the product of vectors and matrices."""
    if not left.shape or not right.shape:
        return entrywise("mul", (left, right), span)
    if len(left.shape) == 1 and len(right.shape) == 1 and left.row == right.row:
        raise Unreadable("vectors-beside", span)
    return matmul(left, right, span, notes)


def dot(left: Expr, right: Expr, span: Span, notes: Notes) -> Expr:
    """`a · b`: the inner product of two vectors, else a product as for juxtaposition."""
    if len(left.shape) == len(right.shape) == 1 and left.row == right.row:
        return inner(left, right, span)
    return beside(left, right, span, notes)


def transpose(arg: Expr, span: Span) -> Expr:
    """The axes of a matrix swapped; a vector laid on its side or stood up; a number as it is."""
    if not arg.shape:
        return arg
    if len(arg.shape) > 2:
        raise Unreadable("transpose-rank", span, shape=shape_text(arg.shape))
    if isinstance(arg, Apply) and arg.op == "transpose":
        return arg.args[0]
    if len(arg.shape) == 1:
        return Apply("transpose", (arg,), arg.shape, not arg.row, span=span)
    return Apply("transpose", (arg,), arg.shape[::-1], span=span)


def standing(arg: Expr, span: Span) -> Expr:
    """The vector as a column."""
    return transpose(arg, span) if arg.row else arg


def matmul(left: Expr, right: Expr, span: Span, notes: Notes) -> Expr:
    """The product `left @ right`, by the table above."""
    if not left.shape or not right.shape:
        raise Unreadable("matmul-scalar", span)
    left, right = as_factors(left, right)
    if len(left.shape) == 1 and len(right.shape) == 1:
        return _vectors_product(left, right, span, notes)
    if len(left.shape) == 1 and not left.row and len(right.shape) == 2:
        if left.shape[0] != right.shape[0]:
            raise mismatch("matmul", (left, right), span)
        note(notes, "read-as", span, reading="Aᵀ x for x @ A")
        return matmul(transpose(right, span), left, span, notes)
    if len(right.shape) == 1 and right.row:
        raise Unreadable("matrix-row", span)
    return _matrices_product(left, right, span)


def _vectors_product(left: Expr, right: Expr, span: Span, notes: Notes) -> Expr:
    if not left.row and right.row:
        return outer(left, right, span)
    if left.row and right.row:
        raise Unreadable("rows-product", span)
    if not left.row:
        note(notes, "read-as", span, reading="xᵀ y, the inner product, for x @ y")
    return inner(left, right, span)


def inner(left: Expr, right: Expr, span: Span) -> Expr:
    """The inner product of two vectors, however they lie."""
    if left.shape != right.shape:
        raise mismatch("matmul", (left, right), span)
    return Apply("inner", (standing(left, span), standing(right, span)), (), span=span)


def outer(left: Expr, right: Expr, span: Span) -> Expr:
    """The outer product of two vectors, however they lie."""
    args = (standing(left, span), standing(right, span))
    return Apply("outer", args, left.shape + right.shape, span=span)


def _matrices_product(left: Expr, right: Expr, span: Span) -> Expr:
    inner_dim = right.shape[0] if len(right.shape) == 1 else right.shape[-2]
    lead = broadcast(left.shape[:-2], right.shape[:-2])
    if left.shape[-1] != inner_dim or lead is None:
        raise mismatch("matmul", (left, right), span)
    rows = left.shape[-2:-1] if len(left.shape) > 1 else ()
    columns = right.shape[-1:] if len(right.shape) > 1 else ()
    shape = lead + rows + columns
    return Apply("matmul", (left, right), shape, left.row and len(shape) == 1, span=span)


def matrix_power(base: Expr, raised: Expr, span: Span, notes: Notes) -> Expr:
    """`A^2` and `A^-1` of a square matrix: powers of the matrix; any other has powers of its entries alone."""
    exponent = integer(raised)
    if exponent is None:
        raise Unreadable("matrix-exponent", span)
    if base.shape[0] != base.shape[1]:
        if exponent < 0:
            raise Unreadable("matrix-power", span, shape=shape_text(base.shape))
        note(notes, "entry-power", span)
        return power(base, raised, span)
    if exponent == -1:
        return Apply("inv", (base,), base.shape, span=span)
    if not 0 <= exponent <= 8:
        raise Unreadable("matrix-exponent", span)
    note(notes, "matrix-power", span)
    return Apply("matpower", (base,), base.shape, params=(("power", exponent),), span=span)


def power(base: Expr, exponent: Expr, span: Span) -> Expr:
    """`base ** exponent`, entry by entry."""
    if isinstance(base, Variable) and base.kind == "math" and base.name == "e":
        return Apply("exp", (exponent,), exponent.shape, exponent.row, span=span)
    literal, size = integer(exponent), _constant(exponent)
    if size is not None and abs(size) > MAX_EXPONENT:
        raise Unreadable("exponent", span, limit=MAX_EXPONENT)
    if len(base.shape) == 2 and literal == -1:
        raise Unreadable("reciprocal-inverse", span)
    return entrywise("pow", (base, exponent), span)


def _constant(expr: Expr) -> Fraction | None:
    """The value of an expression of number literals, such as 10**9; None where it holds a name."""
    if isinstance(expr, Number):
        return expr.value
    if not isinstance(expr, Apply) or expr.op not in {"neg", "add", "sub", "mul", "pow"}:
        return None
    values = [_constant(a) for a in expr.args]
    numbers = [v for v in values if v is not None]
    if len(numbers) < len(values):
        return None
    if expr.op == "pow":  # its own exponent was checked when it was read
        return numbers[0] ** int(numbers[1]) if numbers[1].denominator == 1 and numbers[0] else None
    if expr.op == "neg":
        return -numbers[0]
    return {"add": numbers[0] + numbers[1], "sub": numbers[0] - numbers[1], "mul": numbers[0] * numbers[1]}[expr.op]


def integer(expr: Expr) -> int | None:
    """The value of an integer literal, with or without a minus; None for anything else."""
    if isinstance(expr, Apply) and expr.op == "neg":
        inside = integer(expr.args[0])
        return None if inside is None else -inside
    if isinstance(expr, Number) and expr.value.denominator == 1:
        return int(expr.value)
    return None
