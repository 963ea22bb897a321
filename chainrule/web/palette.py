"""What a formula may be typed with, piece by piece: shown beside a field, and inserted by a button."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    """One piece. shown: as it looks; typed: what stands for it, `|` where one goes on typing; says: its name."""

    shown: str
    typed: str
    says: str


ARITHMETIC = (
    Entry("a/b", "/", "divided by"),
    Entry("xⁿ", "^", "to the power of"),
    Entry("√x", "sqrt(|)", "square root"),
    Entry("eˣ", "exp(|)", "exponential"),
    Entry("log x", "log(|)", "natural logarithm"),
    Entry("π", "pi", "the number π"),
)
MATRICES = (
    Entry("xᵀ", ".T", "transpose"),
    Entry("A b", " @ ", "product of matrices and vectors"),
    Entry("x ⊙ y", " * ", "product entry by entry"),
    Entry("Σ xᵢ", "sum(|)", "sum of all entries"),
    Entry("Σᵢ", "Sum(|, i)", "sum over an index"),
    Entry("Σ rows", "sum(|, axis=0)", "sum over the rows"),
    Entry("x yᵀ", "outer(|, )", "matrix of all products"),
    Entry("‖x‖", "norm(|)", "length of a vector"),
    Entry("A⁻¹", "inv(|)", "inverse"),
    Entry("diag", "diag(|)", "diagonal matrix"),
)
FUNCTIONS = (
    Entry("σ(x)", "sigmoid(|)", "sigmoid"),
    Entry("softmax", "softmax(|)", "softmax"),
    Entry("tanh", "tanh(|)", "tanh"),
    Entry("ReLU", "relu(|)", "ReLU"),
    Entry("[x > 0]", "(| > 0)", "1 where it holds, else 0"),
    Entry("if", "where(|, , )", "one value where it holds, else the other"),
)
OF_KIND = {
    "formula": ARITHMETIC + MATRICES + FUNCTIONS,
    "derivation": ARITHMETIC + MATRICES + FUNCTIONS,
    "number": ARITHMETIC,
    "integer": ARITHMETIC[:3],
}


def entries_for(kind: str) -> tuple[Entry, ...]:
    """The pieces for a kind of answer; none for kinds that are not typed as formulas."""
    return OF_KIND.get(kind, ())
