"""What the commands of LaTeX stand for in the formula language."""

from __future__ import annotations

from collections.abc import Mapping

from grader.formula.characters import GREEK

NAMES: Mapping[str, str] = {
    **{name: name for name in GREEK.values()},
    "varepsilon": "epsilon", "varphi": "phi", "vartheta": "theta", "varrho": "rho", "varsigma": "sigma",
    "ell": "l",
}  # fmt: skip
FUNCTIONS: Mapping[str, str] = {
    **{n: n for n in "exp log sin cos tan cot sec csc sinh cosh tanh max min det arcsin arccos arctan".split()},
    "ln": "log",
    "tr": "trace",
}
OPERATORS: Mapping[str, str] = {
    "cdot": "·", "times": "*", "odot": "*", "circ": "*", "ast": "*", "div": "/",
    "otimes": "⊗",
    "le": "<=", "leq": "<=", "leqslant": "<=", "ge": ">=", "geq": ">=", "geqslant": ">=", "lt": "<", "gt": ">",
    "ne": "!=", "neq": "!=",
    "lVert": "‖", "rVert": "‖", "Vert": "‖", "|": "‖", "lvert": "|", "rvert": "|", "vert": "|",
    "lceil": "⌈", "rceil": "⌉", "lfloor": "⌊", "rfloor": "⌋", "langle": "⟨", "rangle": "⟩",
    "lbrack": "[", "rbrack": "]", "lparen": "(", "rparen": ")",
}  # fmt: skip
SPACES = frozenset(
    {",", ";", ":", "!", " ", "quad", "qquad", "thinspace", "medspace", "limits", "nolimits", "displaystyle"}
)
SIZES = frozenset("left right big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr Biggl Biggr bigm mleft mright".split())
UPRIGHT = frozenset("mathrm operatorname text textrm mathit mathbf boldsymbol bm mathsf vec mathbb mathcal".split())
ACCENTS = frozenset({"hat", "bar", "tilde", "widehat", "widetilde", "overline"})
FRACTIONS = frozenset({"frac", "tfrac", "dfrac", "cfrac"})
BIG: Mapping[str, str] = {"sum": "Sum", "prod": "Product"}
BIG_LETTERS: Mapping[str, str] = {"Sigma": "Sum", "Pi": "Product"}  # Greek letters, typed for the big signs
TRANSPOSES = frozenset({"top", "intercal"})
MATRICES = frozenset({"pmatrix", "bmatrix", "matrix", "smallmatrix"})
INVERTIBLE = frozenset("sin cos tan cot sec csc sinh cosh tanh".split())  # sin^{-1} may mean arcsin
