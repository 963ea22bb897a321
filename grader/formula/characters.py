"""The characters a formula may hold, and the ASCII spelling of those beyond ASCII."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

GREEK: Mapping[str, str] = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta",
    "η": "eta", "θ": "theta", "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu",
    "ν": "nu", "ξ": "xi", "π": "pi", "ρ": "rho", "σ": "sigma", "τ": "tau",
    "υ": "upsilon", "φ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega",
    "Γ": "Gamma", "Δ": "Delta", "Θ": "Theta", "Λ": "Lambda", "Ξ": "Xi", "Π": "Pi",
    "Σ": "Sigma", "Φ": "Phi", "Ψ": "Psi", "Ω": "Omega",
}  # fmt: skip
LETTER_OF: Mapping[str, str] = {name: letter for letter, name in GREEK.items()}
# Other code points of the same letters, as keyboards and editors give them.
GREEK_VARIANTS: Mapping[str, str] = {"µ": "mu", "ϵ": "epsilon", "ϕ": "phi", "ϑ": "theta"}

SUPERSCRIPTS: Mapping[str, str] = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺ⁿ", "0123456789-+n", strict=True))
TRANSPOSE_MARKS = "ᵀ⊤"
SUBSCRIPTS: Mapping[str, str] = dict(zip("₀₁₂₃₄₅₆₇₈₉ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", "0123456789aehijklmnoprstuvx", strict=True))

# ŷ is y_hat: marks above a letter, as they stand behind it once the letter is taken apart.
ACCENTS: Mapping[str, str] = {"\u0302": "hat", "\u0304": "bar", "\u0303": "tilde"}

# One Unicode sign for one operator of the NumPy-like spelling.
OPERATORS: Mapping[str, str] = {
    "−": "-", "⊙": "*", "∘": "*", "·": "·", "⋅": "·", "∙": "·", "•": "·", "×": "*", "÷": "/",
    "≤": "<=", "≥": ">=", "≠": "!=",
    "⊗": "⊗", "⌉": "⌉", "⌋": "⌋", "⟩": "⟩",
}  # fmt: skip
ROOT = "√"
FRACTIONS: Mapping[str, str] = {"½": "0.5", "¼": "0.25", "¾": "0.75"}
BIG: Mapping[str, str] = {"∑": "sum", "∏": "prod"}
BRACKET_FUNCTIONS: Mapping[str, tuple[str, str]] = {"⌈": ("ceil", "⌉"), "⌊": ("floor", "⌋"), "⟨": ("dot", "⟩")}
CLOSING_BRACKETS = "⌉⌋⟩"
INDICATOR = "𝟙"

_LATIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
_PUNCTUATION = frozenset("+-*/@^()[]{}<>=!,.:;'_|\\&#$%~?\"` ")
_DIGITS = frozenset("0123456789")


def is_letter(char: str) -> bool:
    """True where the character may begin a name."""
    return char in _LATIN or char in GREEK or char in GREEK_VARIANTS or bool(accented(char))


def accented(char: str) -> str:
    """`y_hat` for ŷ; '' for a letter without a known mark above it."""
    parts = unicodedata.normalize("NFD", char)
    if len(parts) == 2 and parts[0] in _LATIN and parts[1] in ACCENTS:
        return f"{parts[0]}_{ACCENTS[parts[1]]}"
    return ""


def is_allowed(char: str) -> bool:
    """True for every character that some spelling uses; all others are refused by name."""
    return (
        is_letter(char)
        or char in _DIGITS
        or char in _PUNCTUATION
        or char in SUPERSCRIPTS
        or char in SUBSCRIPTS
        or char in TRANSPOSE_MARKS
        or char in OPERATORS
        or char in ACCENTS
        or char in FRACTIONS
        or char in BIG
        or char in BRACKET_FUNCTIONS
        or char in CLOSING_BRACKETS
        or char in {ROOT, INDICATOR, "‖", "∂", "∇"}
    )


def spelled(char: str) -> str:
    """The letter as it stands in a name: Greek ones spelled out."""
    return GREEK.get(char) or GREEK_VARIANTS.get(char) or accented(char) or char
