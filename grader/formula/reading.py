"""Reading: text and scope to a formula or a program, and back to text."""

from __future__ import annotations

import functools
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from grader.formula import names, parser
from grader.formula.errors import ReadError, Unreadable
from grader.formula.latex_lexer import is_latex
from grader.formula.lexer import PLACEHOLDER
from grader.formula.resolve import resolve
from grader.formula.symbols import Scope, Shape
from grader.formula.tree import Expr, Variable, operands
from grader.formula.wrapping import unwrapped
from grader.verdict import Feedback

if TYPE_CHECKING:
    import numpy as np

    from grader.formula.cases import Case

MAX_PROGRAM_LINES = 100
MOST_KEPT = 8192  # texts that were read


@dataclass(frozen=True)
class Formula:
    """A read formula: the typed tree, the scope of its names, and remarks on lenient readings."""

    tree: Expr
    scope: Scope = field(compare=False, repr=False)
    notes: tuple[Feedback, ...] = field(default=(), compare=False)

    @property
    def shape(self) -> Shape:
        """The shape in named dimensions."""
        return self.tree.shape

    @property
    def row(self) -> bool:
        """True for a vector that lies on its side."""
        return self.tree.row

    @functools.cached_property
    def free(self) -> tuple[str, ...]:
        """Indices that no sum binds, in the order in which the scope declares them."""
        found, declared = _free(self.tree, frozenset()), list(self.scope.indices)
        return tuple(sorted(found, key=lambda name: (declared.index(name) if name in declared else 99, name)))

    def text(self) -> str:
        """The NumPy-like spelling; reads back as the same formula."""
        from grader.formula.printer import numpy_text

        return numpy_text(self.tree)

    def unicode(self) -> str:
        """The Unicode spelling, as printed in a terminal; reads back as the same formula."""
        return self._unicode

    @functools.cached_property
    def _unicode(self) -> str:
        from grader.formula.printer import unicode_text

        return unicode_text(self.tree, names.declared_names(self.scope))

    def latex(self) -> str:
        """LaTeX for display."""
        from grader.formula.latex import latex

        return latex(self.tree)


@dataclass(frozen=True)
class Line:
    """One line of a program: `name = formula  # comment`."""

    name: str
    formula: Formula
    comment: str = ""


@dataclass(frozen=True)
class Program:
    """Named formulas in order, each using earlier ones; `scope` knows all of their names."""

    lines: tuple[Line, ...]
    scope: Scope

    def __getitem__(self, name: str) -> Formula:
        """The formula of that name; raises KeyError."""
        return next((line.formula for line in self.lines if line.name == name), None) or _missing(name)


def _missing(name: str) -> Formula:
    raise KeyError(name)


def read(text: str, scope: Scope, *, grafts: Mapping[str, str] | None = None) -> Formula:
    """The formula that a text stands for. Raises `ReadError`, which says what is wrong, where, and the remedy."""
    return _read(text, scope, grafts, prose=False)


def read_display(text: str, scope: Scope, *, grafts: Mapping[str, str] | None = None) -> Formula:
    """A formula for prose: also an equation `a = b` and the sign `dL/dx`. Raises `ReadError`."""
    return _read(text, scope, grafts, prose=True)


def _read(text: str, scope: Scope, grafts: Mapping[str, str] | None, *, prose: bool) -> Formula:
    stripped = text.strip() if prose or grafts else unwrapped(text)
    named = _named(stripped, grafts) if grafts else {}
    try:
        tree, notes = _resolved(stripped, tuple(sorted(named.items())), _Names(scope.signature, scope), prose)
    except Unreadable as error:
        raise ReadError(error.code, stripped, error.span, **error.data) from None
    return Formula(tree, scope, notes)


def _named(text: str, grafts: Mapping[str, str]) -> Mapping[str, str]:
    """Those of the grafts that the text names, and those that these name: all others change nothing.

    All of them for LaTeX, which is read as such only where there are none.
    """
    found: dict[str, str] = {}
    waiting = [text]
    while waiting:
        there = waiting.pop()
        if is_latex(there):
            return grafts
        names = [name for name in PLACEHOLDER.findall(there) if name in grafts and name not in found]
        found |= {name: grafts[name] for name in names}
        waiting += [grafts[name] for name in names]
    return found


@dataclass(frozen=True)
class _Names:
    """A scope that equals every other in which texts are read alike."""

    signature: Hashable
    scope: Scope = field(compare=False)


@functools.lru_cache(maxsize=MOST_KEPT)
def _resolved(
    text: str, grafts: tuple[tuple[str, str], ...], known: _Names, prose: bool
) -> tuple[Expr, tuple[Feedback, ...]]:
    """Tree and remarks; the texts of a family are read again for each of its variants."""
    declared = names.declared_names(known.scope)
    surface = parser.parse(text, declared=declared, grafts=dict(grafts), equations=prose)
    return resolve(surface, known.scope, prose=prose)


def read_program(text: str, scope: Scope, *, grafts: Mapping[str, str] | None = None) -> Program:
    """A program: lines `name = formula  # comment`, each seeing the names above it. Raises `ReadError`."""
    lines: list[Line] = []
    for number, raw in enumerate(text.splitlines(), 1):
        code, _, comment = raw.partition("#")
        if not code.strip():
            continue
        name, equals, body = code.partition("=")
        name = name.strip()
        if not equals or not name.isidentifier():
            raise ReadError("program-line", raw.strip(), (0, len(raw.strip())), line=number)
        if len(lines) >= MAX_PROGRAM_LINES:
            raise ReadError("program-length", raw.strip(), (0, 1), limit=MAX_PROGRAM_LINES)
        formula = read(body, scope, grafts=grafts)
        lines.append(Line(name, formula, comment.strip()))
        scope = scope.define(name, formula)
    return Program(tuple(lines), scope)


def evaluate(formula: Formula, case: Case) -> np.ndarray[Any, np.dtype[np.float64]]:
    """The values at the case's points: float64 (P, *shape). Undefined entries are NaN or infinite.

    A formula with free indices gains one axis for each, in the order of `formula.free`, after its shape's.
    """
    import math

    import numpy as np

    from grader.formula.arrays import Arrays
    from grader.formula.positions import Environment

    def make(nested: Any) -> Any:
        return np.asarray(nested, dtype=np.float64)

    def erf(x: Any) -> Any:
        return np.vectorize(math.erf, otypes=[np.float64])(x)

    def one(env: Environment) -> Any:
        value = Arrays(np, make, erf, env).value(formula.tree)
        return value if len(value) == case.points else np.repeat(value, case.points, axis=0)

    with np.errstate(all="ignore"):
        return np.asarray(over_free(formula, Environment(formula.scope, case.dims, case.values), one, np))


def over_free(formula: Formula, env: Any, one: Any, xp: Any) -> Any:
    """`one(env)` stacked over the free indices of the formula, each as a new last axis."""
    from grader.formula.positions import Index
    from grader.formula.ranges import index_range

    if not formula.free:
        return one(env)

    def stacked(env: Any, names: tuple[str, ...]) -> Any:
        if not names:
            return one(env)
        dim = formula.scope.indices.get(names[0]) or index_range(names[0], formula.tree)
        size = env.sizes((dim,))[0]
        return xp.stack([stacked(env.at(names[0], Index(k, True)), names[1:]) for k in range(size)], -1)

    return stacked(env, formula.free[::-1])  # the index stacked last becomes the last axis


def evaluate_torch(formula: Formula, tensors: Mapping[str, Any], dims: Mapping[str, int]) -> Any:
    """The values as a torch tensor (P, *shape), differentiable in `tensors` (each (P, *shape of its symbol))."""
    import torch

    from grader.formula.arrays import Arrays
    from grader.formula.positions import Environment

    def make(nested: Any) -> Any:
        return torch.as_tensor(nested, dtype=torch.float64)

    env = Environment(formula.scope, dims, tensors)
    return Arrays(torch, make, torch.erf, env).value(formula.tree)


def _free(expr: Expr, bound: frozenset[str]) -> frozenset[str]:
    from grader.formula.tree import Bound

    if isinstance(expr, Variable):
        return frozenset({expr.name}) - bound if expr.kind == "index" else frozenset()
    inside = bound | {expr.index} if isinstance(expr, Bound) else bound
    return frozenset().union(*(_free(o, inside) for o in operands(expr)))
