"""Tree to LaTeX, in the forms a textbook prints."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from grader.formula.functions import FUNCTIONS
from grader.formula.printer import (
    BESIDE,
    COMPARISON,
    EQUATION,
    POSTFIX,
    POWER,
    PRODUCT,
    SIGN,
    SUM,
    decimal_text,
    lying_row,
)
from grader.formula.tree import Apply, Bound, Expr, Number, Pick, Variable

BIG = (SUM + PRODUCT) / 2  # a sum sign: fine beside + and -, in brackets beside a factor that it would swallow

Form = Callable[[Apply], tuple[str, float]]

_COMPARE = {"lt": "<", "le": r"\le", "gt": ">", "ge": r"\ge", "eq": "=", "ne": r"\ne"}
_GREEK = frozenset(
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi chi psi "
    "omega Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi Omega".split()
)
_ACCENTS = {"hat": r"\hat", "bar": r"\bar", "tilde": r"\tilde"}
_NAMED = {
    "sigmoid": r"\sigma",
    "maximum": r"\max",
    "minimum": r"\min",
    "diagonal": r"\operatorname{diag}",
    "trace": r"\operatorname{tr}",
    "log_softmax": r"\operatorname{log\,softmax}",
    "logsumexp": r"\operatorname{logsumexp}",
}


def latex(expr: Expr) -> str:
    """LaTeX of the tree. Reads back as the same function where no symbol is named sigma or e."""
    return _written(expr)[0]


def name_latex(name: str) -> str:
    """LaTeX of a name: Greek letters, accents (`y_hat`), subscripts, upright words."""
    stem, _, below = name.partition("_")
    if below in _ACCENTS:
        return f"{_ACCENTS[below]}{{{name_latex(stem)}}}"
    if stem in _GREEK:
        shown = "\\" + ("varepsilon" if stem == "epsilon" else stem)
    elif len(stem) == 1:
        shown = stem
    elif stem[-1:].isdigit() and len(stem.rstrip("0123456789")) == 1:
        shown = f"{stem[0]}_{{{stem[1:]}}}"
    else:
        shown = rf"\mathrm{{{stem}}}"
    if not below:
        return shown
    marks = below.replace("_", ",")
    return f"{shown}_{{{_below(marks)}}}"


def _below(marks: str) -> str:
    return marks if len(marks) <= 2 or marks.isdigit() else rf"\mathrm{{{marks}}}"


def _at_least(strength: float, expr: Expr) -> str:
    text, binds = _written(expr)
    return text if binds >= strength else _brackets(text)


def _brackets(text: str) -> str:
    return rf"\left({text}\right)"


def _written(expr: Expr) -> tuple[str, float]:
    match expr:
        case Number(value=value):
            return decimal_text(value), POSTFIX
        case Variable(name=name, kind="derivative"):
            of, by = name[1:].split("/d")
            return rf"\frac{{\partial {name_latex(of)}}}{{\partial {name_latex(by)}}}", POSTFIX
        case Variable(name=name, kind="math"):
            return {"pi": r"\pi", "e": r"\mathrm{e}"}[name], POSTFIX
        case Variable(name=name):
            return name_latex(name), POSTFIX
        case Pick():
            return _pick(expr), POSTFIX
        case Bound():
            return _bound(expr), BIG
        case Apply(op=op) if op in _COMPARE:
            return _indicator(expr), POSTFIX
    return _FORMS.get(expr.op, _call)(expr)


def _comparison(expr: Apply) -> str:
    return f"{_at_least(SUM, expr.args[0])} {_COMPARE[expr.op]} {_at_least(SUM, expr.args[1])}"


def _indicator(expr: Apply) -> str:
    return rf"\mathbb{{1}}\left[{_comparison(expr)}\right]"


def _condition(expr: Expr) -> str:
    return _comparison(expr) if isinstance(expr, Apply) and expr.op in _COMPARE else latex(expr)


def _two(sign: str, strength: float, right: float) -> Form:
    def written(expr: Apply) -> tuple[str, float]:
        return f"{_at_least(strength, expr.args[0])}{sign}{_at_least(right, expr.args[1])}", strength

    return written


def _division(expr: Apply) -> tuple[str, float]:
    return rf"\frac{{{latex(expr.args[0])}}}{{{latex(expr.args[1])}}}", POWER  # raised or transposed, in brackets


def _multiplication(expr: Apply) -> tuple[str, float]:
    left, right = expr.args
    if left.shape and right.shape:
        return f"{_at_least(PRODUCT, left)} \\odot {_at_least(SIGN, right)}", PRODUCT
    if _starts_with_digit(right):
        return f"{_at_least(PRODUCT, left)} \\cdot {_at_least(SIGN, right)}", PRODUCT
    return _side_by_side(_at_least(BESIDE, left), _at_least(BESIDE, right))


def _starts_with_digit(expr: Expr) -> bool:
    return latex(expr)[:1].isdigit()


def _side_by_side(left: str, right: str) -> tuple[str, float]:
    words = "mathrm" in left.split(" ")[-1] or right.startswith(r"\mathrm{")
    return (rf"{left} \, {right}" if words else f"{left} {right}"), BESIDE


def _matmul(expr: Apply) -> tuple[str, float]:
    return _side_by_side(_at_least(BESIDE, expr.args[0]), _at_least(POWER, expr.args[1]))


def _inner(expr: Apply) -> tuple[str, float]:
    lying = lying_row(expr.args[0])
    left = _transposed(expr.args[0]) if lying is None else _at_least(BESIDE, lying)
    return _side_by_side(left, _at_least(POWER, expr.args[1]))


def _outer(expr: Apply) -> tuple[str, float]:
    lying = lying_row(expr.args[1])
    right = _transposed(expr.args[1]) if lying is None else _at_least(POWER, lying)
    return _side_by_side(_at_least(BESIDE, expr.args[0]), right)


def _transposed(expr: Expr) -> str:
    return rf"{_at_least(POSTFIX, expr)}^{{\top}}"


def _negation(expr: Apply) -> tuple[str, float]:
    if isinstance(expr.args[0], Bound):
        return f"-{latex(expr.args[0])}", BIG
    return f"-{_at_least(SIGN, expr.args[0])}", SIGN


def _power(expr: Apply) -> tuple[str, float]:
    base, exponent = expr.args
    operator = r"\circ " if len(base.shape) == 2 else ""
    named = isinstance(base, Apply) and base.op in FUNCTIONS and FUNCTIONS[base.op].latex
    # sin^{-1} would be read as the inverse function
    if isinstance(base, Apply) and named and not operator and not latex(exponent).startswith("-"):
        inside = ", ".join(map(latex, base.args))
        return rf"{FUNCTIONS[base.op].latex}^{{{latex(exponent)}}}\left({inside}\right)", POWER
    return f"{{{_at_least(POSTFIX, base)}}}^{{{operator}{latex(exponent)}}}", POWER


def _matrix_power(expr: Apply) -> tuple[str, float]:
    return f"{_at_least(POSTFIX, expr.args[0])}^{{{expr.param('power')}}}", POWER


def _inverse(expr: Apply) -> tuple[str, float]:
    inside = _at_least(POSTFIX, expr.args[0])
    turned = isinstance(expr.args[0], Apply) and expr.args[0].op == "transpose"
    base = f"{{{inside}}}" if turned else inside
    return f"{base}^{{-1}}", POWER  # a second exponent needs brackets


def _root(expr: Apply) -> tuple[str, float]:
    return rf"\sqrt{{{latex(expr.args[0])}}}", POSTFIX


def _barred(left: str, right: str) -> Form:
    def written(expr: Apply) -> tuple[str, float]:
        if expr.param("axis") is not None:
            return _call(expr)
        return rf"\left{left} {latex(expr.args[0])} \right{right}", POSTFIX

    return written


def _exponential(expr: Apply) -> tuple[str, float]:
    inside = latex(expr.args[0])
    if len(inside) <= 24 and r"\frac" not in inside:
        return rf"\mathrm{{e}}^{{{inside}}}", POWER
    return rf"\exp\left({inside}\right)", POSTFIX


def _cases(expr: Apply) -> tuple[str, float]:
    rows, rest = [], expr
    while isinstance(rest, Apply) and rest.op == "where":
        rows.append(rf"{latex(rest.args[1])} & {_condition(rest.args[0])}")
        rest = rest.args[2]  # type: ignore[assignment]
    rows.append(rf"{latex(rest)} & \text{{otherwise}}")
    return r"\begin{cases}" + r" \\ ".join(rows) + r"\end{cases}", POSTFIX


def _literal(expr: Apply) -> tuple[str, float]:
    rows = [e.args if isinstance(e, Apply) and e.op == "stack" else (e,) for e in expr.args]
    body = r" \\ ".join(" & ".join(map(latex, row)) for row in rows)
    return rf"\begin{{pmatrix}}{body}\end{{pmatrix}}", POSTFIX


def _filled(expr: Apply) -> tuple[str, float]:
    if expr.op == "eye":
        return rf"\mathbf{{I}}_{{{expr.shape[0]}}}", POSTFIX
    digit = {"ones": "1", "zeros": "0"}[expr.op]
    return rf"\mathbf{{{digit}}}_{{{_sizes(expr)}}}", POSTFIX


def _sizes(expr: Apply) -> str:
    return r" \times ".join(map(str, expr.shape))


def _call(expr: Expr) -> tuple[str, float]:
    assert isinstance(expr, Apply)
    function = FUNCTIONS.get(expr.op)
    shown = _NAMED.get(expr.op) or (function.latex if function else "") or rf"\operatorname{{{_upright(expr.op)}}}"
    axis = expr.param("axis")
    if axis is not None and not (axis == -1 and function is not None and function.kind == "along"):
        shown += rf"_{{\text{{axis }} {int(axis) + len(expr.args[0].shape)}}}"
    args = [latex(a) for a in expr.args]
    if expr.op == "one_hot":
        args.append(str(expr.shape[0]))
    if expr.param("keepdims"):
        args.append(r"\text{keepdims}=\text{True}")
    return rf"{shown}\left({', '.join(args)}\right)", POSTFIX


def _upright(name: str) -> str:
    return name.replace("_", r"\_")


def _pick(expr: Pick) -> str:
    base = _at_least(POSTFIX, expr.base)
    if any(p == "new" for p in expr.parts):
        marks = ", ".join(":" if p is None else r"\text{None}" if isinstance(p, str) else latex(p) for p in expr.parts)
        return f"{base}[{marks}]"
    if expr.subscript:
        marks = " ".join(latex(p) for p in expr.parts if p is not None and not isinstance(p, str))
        return f"{{{base}}}_{{{marks}}}"
    marks = ", ".join(":" if p is None else latex(p) for p in expr.parts if not isinstance(p, str))
    return f"{base}[{marks}]"


def _bound(expr: Bound) -> str:
    sign = {"Sum": r"\sum", "Product": r"\prod"}[expr.op]
    body = _at_least(BIG, expr.body)
    if expr.low is None or expr.high is None:
        return rf"{sign}_{{{name_latex(expr.index)}}} {body}"
    return rf"{sign}_{{{name_latex(expr.index)}={latex(expr.low)}}}^{{{latex(expr.high)}}} {body}"


_FORMS: Mapping[str, Form] = {
    "equation": _two(" = ", EQUATION, COMPARISON),
    "add": _two(" + ", SUM, BIG),
    "sub": _two(" - ", SUM, BIG),
    "mul": _multiplication,
    "div": _division,
    "matmul": _matmul,
    "inner": _inner,
    "outer": _outer,
    "transpose": lambda expr: (_transposed(expr.args[0]), POSTFIX),
    "neg": _negation,
    "pow": _power,
    "matpower": _matrix_power,
    "inv": _inverse,
    "sqrt": _root,
    "exp": _exponential,
    "norm": _barred(r"\lVert", r"\rVert"),
    "abs": _barred(r"\lvert", r"\rvert"),
    "where": _cases,
    "stack": _literal,
    "ones": _filled,
    "zeros": _filled,
    "eye": _filled,
}
