"""What a formula may be typed with, piece by piece: shown beside a field, and inserted by a button."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    """One piece. shown: as it looks; typed: what stands for it, `|` where one goes on typing; says: its name.

    whole: how it looks when it is filled in; '' for `typed` with an x.
    """

    shown: str
    typed: str
    says: str
    whole: str = ""

    @property
    def example(self) -> str:
        """How it is typed."""
        return self.whole or self.typed.replace("|", "x").strip()


ARITHMETIC = (
    Entry("a/b", "/", "divided by", "a / b"),
    Entry("xⁿ", "^", "to the power of", "x^n"),
    Entry("√x", "sqrt(|)", "square root"),
    Entry("eˣ", "exp(|)", "exponential"),
    Entry("log x", "log(|)", "natural logarithm"),
    Entry("π", "pi", "the number π"),
)
MATRICES = (
    Entry("xᵀ", ".T", "transpose", "x.T"),
    Entry("A b", " @ ", "product of matrices and vectors", "A @ b"),
    Entry("x ⊙ y", " * ", "product entry by entry", "x * y"),
    Entry("Σ xᵢ", "sum(|)", "sum of all entries"),
    Entry("Σᵢ", "Sum(|, i)", "sum over an index", "Sum(x[i], i)"),
    Entry("Σ rows", "sum(|, axis=0)", "sum over the rows", "sum(X, axis=0)"),
    Entry("x yᵀ", "outer(|, )", "matrix of all products", "outer(x, y)"),
    Entry("‖x‖", "norm(|)", "length of a vector"),
    Entry("A⁻¹", "inv(|)", "inverse", "inv(A)"),
    Entry("diag", "diag(|)", "matrix with a vector on its diagonal"),
)
FUNCTIONS = (
    Entry("σ(x)", "sigmoid(|)", "sigmoid"),
    Entry("softmax", "softmax(|)", "softmax"),
    Entry("tanh", "tanh(|)", "tanh"),
    Entry("ReLU", "relu(|)", "ReLU"),
    Entry("[x > 0]", "(| > 0)", "1 where it holds, else 0"),
    Entry("if", "where(|, , )", "one value where it holds, else the other", "where(x > 0, a, b)"),
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
