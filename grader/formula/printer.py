"""Tree to text, in the NumPy-like and the Unicode spelling. What is printed here reads back as the same tree.

Binding strength, loosest first; a child that binds looser than its place demands is put in brackets.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Context, Decimal
from fractions import Fraction

from grader.formula.characters import LETTER_OF, SUBSCRIPTS, SUPERSCRIPTS
from grader.formula.tree import Apply, Bound, Expr, Number, Pick, Variable, operands

EQUATION, COMPARISON, SUM, PRODUCT, SIGN, BESIDE, POWER, POSTFIX = range(8)

_COMPARE = {"lt": "<", "le": "<=", "gt": ">", "ge": ">=", "eq": "==", "ne": "!="}
_COMPARE_UNICODE = {**_COMPARE, "le": "≤", "ge": "≥", "ne": "≠"}
_RAISED: Mapping[str, str] = {plain: raised for raised, plain in SUPERSCRIPTS.items()}
_LOWERED: Mapping[str, str] = {plain: lowered for lowered, plain in SUBSCRIPTS.items()}


def numpy_text(expr: Expr) -> str:
    """The tree in the NumPy-like spelling."""
    return _Numpy().text(expr)


def unicode_text(expr: Expr, declared: frozenset[str] = frozenset()) -> str:
    """The tree in the Unicode spelling. declared: names that keep `σ` from standing for the sigmoid."""
    return _Unicode(declared).text(expr)


def decimal_text(value: Fraction) -> str:
    """A number literal, exactly."""
    if value.denominator == 1:
        return str(value.numerator) if abs(value.numerator) < 10**20 else f"{Decimal(value.numerator):E}"
    exact = Context(prec=100).divide(Decimal(value.numerator), Decimal(value.denominator))
    return f"{exact:f}" if len(f"{exact:f}") <= 20 else f"{exact:E}"


def lying_row(expr: Expr) -> Expr | None:
    """The row that was stood up to be a factor, so that `x.T @ A @ w` is printed without a double transpose."""
    if isinstance(expr, Apply) and expr.op == "transpose" and expr.args[0].row:
        return expr.args[0]
    return None


class _Numpy:
    """The NumPy-like spelling; the Unicode one overrides what it writes differently."""

    def text(self, expr: Expr) -> str:
        return self.written(expr)[0]

    def at_least(self, strength: int, expr: Expr) -> str:
        text, binds = self.written(expr)
        return text if binds >= strength else f"({text})"

    def written(self, expr: Expr) -> tuple[str, int]:
        """The text and how strongly it holds together."""
        match expr:
            case Number(value=value):
                return decimal_text(value), POSTFIX
            case Variable(name=name, kind="derivative"):
                return name, PRODUCT
            case Variable(name=name):
                return self.name(name), POSTFIX
            case Pick():
                return self.pick(expr), POSTFIX
            case Bound():
                return self.bound(expr), POSTFIX
            case Apply(op=op) if op in _BINARY:
                return getattr(self, _BINARY[op])(expr)  # type: ignore[no-any-return]
        return self.call(expr), POSTFIX

    def name(self, name: str) -> str:
        return name

    def two(self, expr: Apply, sign: str, strength: int, right: int) -> tuple[str, int]:
        left = self.at_least(strength, expr.args[0])
        return f"{left}{sign}{self.at_least(right, expr.args[1])}", strength

    def equation(self, expr: Apply) -> tuple[str, int]:
        return self.two(expr, " = ", EQUATION, COMPARISON)

    def comparison(self, expr: Apply) -> tuple[str, int]:
        return (
            f"{self.at_least(SUM, expr.args[0])} {_COMPARE[expr.op]} {self.at_least(SUM, expr.args[1])}",
            COMPARISON,
        )

    def addition(self, expr: Apply) -> tuple[str, int]:
        return self.two(expr, " + " if expr.op == "add" else " - ", SUM, PRODUCT)

    def product(self, expr: Apply) -> tuple[str, int]:
        sign = {"mul": " * ", "div": " / ", "matmul": " @ "}[expr.op]
        return self.two(expr, sign, PRODUCT, SIGN)

    def inner(self, expr: Apply) -> tuple[str, int]:
        lying = lying_row(expr.args[0])
        left = f"{self.at_least(POSTFIX, expr.args[0])}.T" if lying is None else self.at_least(PRODUCT, lying)
        return f"{left} @ {self.at_least(SIGN, expr.args[1])}", PRODUCT

    def outer(self, expr: Apply) -> tuple[str, int]:
        lying = lying_row(expr.args[1])
        right = f"{self.at_least(POSTFIX, expr.args[1])}.T" if lying is None else self.at_least(SIGN, lying)
        return f"{self.at_least(PRODUCT, expr.args[0])} @ {right}", PRODUCT

    def negation(self, expr: Apply) -> tuple[str, int]:
        return f"-{self.at_least(SIGN, expr.args[0])}", SIGN

    def power(self, expr: Apply) -> tuple[str, int]:
        return f"{self.at_least(POSTFIX, expr.args[0])}**{self.exponent(expr.args[1])}", POWER

    def exponent(self, expr: Expr) -> str:
        text, binds = self.written(expr)
        return text if binds >= POWER else f"({text})"

    def matrix_power(self, expr: Apply) -> tuple[str, int]:
        return f"{self.at_least(POSTFIX, expr.args[0])}^{expr.param('power')}", POWER

    def transposed(self, expr: Apply) -> tuple[str, int]:
        return f"{self.at_least(POSTFIX, expr.args[0])}.T", POSTFIX

    def stacked(self, expr: Apply) -> tuple[str, int]:
        return f"[{', '.join(map(self.text, expr.args))}]", POSTFIX

    def inverse(self, expr: Apply) -> tuple[str, int]:
        return f"inv({self.text(expr.args[0])})", POSTFIX

    def norm(self, expr: Apply) -> tuple[str, int]:
        return self.call(expr), POSTFIX

    def absolute(self, expr: Apply) -> tuple[str, int]:
        return self.call(expr), POSTFIX

    def call(self, expr: Expr) -> str:
        assert isinstance(expr, Apply)
        args = [self.text(a) for a in expr.args]
        if expr.op in {"ones", "zeros", "eye"}:
            args = [str(d) for d in (expr.shape[:1] if expr.op == "eye" else expr.shape)]
        if expr.op == "one_hot":
            args.append(str(expr.shape[0]))
        return f"{self.function(expr.op)}({', '.join(args + self.axis(expr))})"

    def function(self, op: str) -> str:
        return {"maximum": "max", "minimum": "min", "diagonal": "diag"}.get(op, op)

    @staticmethod
    def axis(expr: Apply) -> list[str]:
        axis = expr.param("axis")
        keeps = ["keepdims=True"] if expr.param("keepdims") else []
        if axis is None or (axis == -1 and expr.op in {"softmax", "log_softmax"}):
            return keeps
        return [f"axis={int(axis) + len(expr.args[0].shape)}", *keeps]

    def pick(self, expr: Pick) -> str:
        base = self.at_least(POSTFIX, expr.base)
        if expr.subscript:
            parts = [p for p in expr.parts if p is not None and not isinstance(p, str)]
            if isinstance(expr.base, Variable) and all(isinstance(p, (Number, Variable)) for p in parts):
                return base + self.below("".join(map(self.text, parts)))
            return f"{base}_{{{', '.join(map(self.text, parts))}}}"
        shown = [":" if p is None else "None" if isinstance(p, str) else self.text(p) for p in expr.parts]
        return f"{base}[{', '.join(shown)}]"

    def below(self, marks: str) -> str:
        return f"_{marks}"

    def bound(self, expr: Bound) -> str:
        if expr.low is None or expr.high is None:
            return f"{expr.op}({self.text(expr.body)}, {expr.index})"
        limits = f"({expr.index}, {self.text(expr.low)}, {self.text(expr.high)})"
        return f"{expr.op}({self.text(expr.body)}, {limits})"


_BINARY: Mapping[str, str] = {
    "equation": "equation",
    **dict.fromkeys(_COMPARE, "comparison"),
    "add": "addition",
    "sub": "addition",
    "mul": "product",
    "div": "product",
    "matmul": "product",
    "inner": "inner",
    "outer": "outer",
    "neg": "negation",
    "pow": "power",
    "matpower": "matrix_power",
    "transpose": "transposed",
    "stack": "stacked",
    "inv": "inverse",
    "norm": "norm",
    "abs": "absolute",
}


@dataclass
class _Unicode(_Numpy):
    """The Unicode spelling: juxtaposition, raised numbers, Greek letters."""

    declared: frozenset[str] = frozenset()

    def name(self, name: str) -> str:
        stem, _, below = name.partition("_")
        letter = LETTER_OF.get(stem, stem)
        if below and len(below) <= 2 and all(c in _LOWERED for c in below):
            return letter + "".join(_LOWERED[c] for c in below)
        return f"{letter}_{below}" if below else letter

    def below(self, marks: str) -> str:
        return "".join(_LOWERED[c] for c in marks) if all(c in _LOWERED for c in marks) else f"_{marks}"

    def comparison(self, expr: Apply) -> tuple[str, int]:
        sign = _COMPARE_UNICODE[expr.op]
        return f"{self.at_least(SUM, expr.args[0])} {sign} {self.at_least(SUM, expr.args[1])}", COMPARISON

    def addition(self, expr: Apply) -> tuple[str, int]:
        return self.two(expr, " + " if expr.op == "add" else " − ", SUM, PRODUCT)

    def negation(self, expr: Apply) -> tuple[str, int]:
        return f"−{self.at_least(SIGN, expr.args[0])}", SIGN

    def product(self, expr: Apply) -> tuple[str, int]:
        if expr.op == "div":
            return self.two(expr, " / ", PRODUCT, POWER)
        scalar = any(not a.shape for a in expr.args)
        if expr.op == "mul" and (not scalar or isinstance(expr.args[1], Number)):
            return self.two(expr, " ⊙ " if not scalar else " * ", PRODUCT, SIGN)
        if any(len(a.shape) > 2 for a in expr.args):
            return self.two(expr, " @ " if expr.op == "matmul" else " * ", PRODUCT, SIGN)
        return self.side_by_side(self.at_least(BESIDE, expr.args[0]), self.at_least(POWER, expr.args[1]))

    @staticmethod
    def side_by_side(left: str, right: str) -> tuple[str, int]:
        if right[0] in "|‖" or right[0].isdigit():
            right = f"({right})"
        joint = "" if right.startswith("(") and not left[-1].isalnum() else " "
        return f"{left}{joint}{right}", BESIDE

    def inner(self, expr: Apply) -> tuple[str, int]:
        lying = lying_row(expr.args[0])
        left = self.at_least(POSTFIX, expr.args[0]) + "ᵀ" if lying is None else self.at_least(BESIDE, lying)
        return self.side_by_side(left, self.at_least(POWER, expr.args[1]))

    def outer(self, expr: Apply) -> tuple[str, int]:
        lying = lying_row(expr.args[1])
        right = self.at_least(POSTFIX, expr.args[1]) + "ᵀ" if lying is None else self.at_least(POWER, lying)
        return self.side_by_side(self.at_least(BESIDE, expr.args[0]), right)

    def power(self, expr: Apply) -> tuple[str, int]:
        base, exponent = expr.args
        if len(base.shape) == 2:
            return super().power(expr)
        raised = self.raised(exponent)
        if raised:
            return self.at_least(POSTFIX, base) + raised, POWER
        return f"{self.at_least(POSTFIX, base)}^{self.exponent(exponent)}", POWER

    @staticmethod
    def raised(expr: Expr) -> str:
        """Raised digits for a small whole number, else ''."""
        text = numpy_text(expr)
        return "".join(_RAISED[c] for c in text) if text.lstrip("-").isdigit() and len(text) <= 3 else ""

    def matrix_power(self, expr: Apply) -> tuple[str, int]:
        return self.at_least(POSTFIX, expr.args[0]) + _RAISED[str(expr.param("power"))], POWER

    def inverse(self, expr: Apply) -> tuple[str, int]:
        return self.at_least(POSTFIX, expr.args[0]) + "⁻¹", POWER

    def transposed(self, expr: Apply) -> tuple[str, int]:
        return self.at_least(POSTFIX, expr.args[0]) + "ᵀ", POSTFIX

    def function(self, op: str) -> str:
        letter = {"sigmoid": "σ", "sqrt": "√"}.get(op)
        if letter and not (op == "sigmoid" and "sigma" in self.declared):
            return letter
        return super().function(op)

    def norm(self, expr: Apply) -> tuple[str, int]:
        return self.barred(expr, "‖")

    def absolute(self, expr: Apply) -> tuple[str, int]:
        return self.barred(expr, "|")

    def barred(self, expr: Apply, bar: str) -> tuple[str, int]:
        inside = self.text(expr.args[0])
        plain = not _has_bars(expr.args[0]) and not self.axis(expr)
        bare = plain and self.written(expr.args[0])[1] >= SUM
        return (f"{bar}{inside}{bar}" if bare else self.call(expr)), POSTFIX


def _has_bars(expr: Expr) -> bool:
    return (isinstance(expr, Apply) and expr.op in {"abs", "norm"}) or any(_has_bars(o) for o in operands(expr))
