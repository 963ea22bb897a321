"""Looking names up: what a name means in a scope, and what was probably meant by one that means nothing."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from grader.formula import functions
from grader.formula.lexer import Token
from grader.formula.symbols import Scope, constant_shape, is_whole_number
from grader.formula.tree import Variable

if TYPE_CHECKING:
    from grader.formula.reading import Formula


def declared_names(scope: Scope) -> frozenset[str]:
    """Every name that the scope gives a meaning."""
    return (
        frozenset(scope.symbols)
        | frozenset(scope.constants)
        | frozenset(scope.definitions)
        | frozenset(scope.indices)
        | scope.dimensions
    )


def told_names(scope: Scope) -> list[str]:
    """The names that a learner is told: drawn values have theirs in the question's file, and often nowhere else."""
    return sorted(filter(str.isidentifier, declared_names(scope) - (scope.constants.keys() - scope.dimensions)))


def lookup(name: str, scope: Scope) -> Variable | None:
    """The variable that a name stands for: symbol or definition, constant, index, dimension; or None.

    A dimension whose size is drawn is the dimension, so that `eye(N)` can be read; its value is the drawn one.
    """
    if name in scope.definitions:
        return defined(name, scope.definitions[name])
    if name in scope.symbols:
        return Variable(name, "symbol", scope.symbols[name].shape)
    if name in scope.constants and not is_drawn_size(name, scope):
        return Variable(name, "constant", constant_shape(scope.constants[name]))
    if name in scope.indices:
        return Variable(name, "index")
    if name in scope.dimensions:
        return Variable(name, "dimension")
    if name in functions.CONSTANTS:
        return Variable(functions.CONSTANTS[name], "math")
    return None


def is_drawn_size(name: str, scope: Scope) -> bool:
    """True where the name is a dimension and its size a drawn number."""
    return is_whole_number(scope.constants[name]) and name in scope.dimensions


def defined(name: str, formula: Formula) -> Variable:
    """The variable of a formula that has a name."""
    return Variable(name, "definition", formula.shape, row=formula.row)


def derivative(name: str, scope: Scope) -> tuple[str, str] | None:
    """("L", "x") for the sign `dL/dx` spelled `dL_dx`, `dLdx`; None for anything else."""
    for of in (*scope.definitions, *scope.symbols):
        for joint in ("_d", "d"):
            start = f"d{of}{joint}"
            if name.startswith(start) and lookup(name[len(start) :], scope):
                return of, name[len(start) :]
    return None


def nearest(name: str, scope: Scope) -> str:
    """The declared name or function that was probably meant, or ''."""
    drawn = sorted(filter(str.isidentifier, scope.constants))
    known = told_names(scope) + sorted(functions.FUNCTIONS) + drawn
    for candidate in known:
        if candidate.lower() == name.lower() and candidate != name:
            return candidate
    return next(iter(difflib.get_close_matches(name, known, n=1, cutoff=0.7)), "")


def split_glued(found: list[Token], declared: frozenset[str]) -> list[Token]:
    """The tokens with `Xw` taken apart where X and w are declared, Xw is not, and no other split exists."""
    result: list[Token] = []
    for i, token in enumerate(found):
        turned = found[min(i + 1, len(found) - 1)].kind == "transpose"
        known = token.kind != "name" or _is_known(token.text, declared)
        parts = [] if known else _splits(token.text, declared, repeated=turned)
        if len(parts) == 1:
            result.extend(Token("name", part, token.span, k > 0) for k, part in enumerate(parts[0]))
        else:
            result.append(token)
    return result


def _is_known(name: str, declared: frozenset[str]) -> bool:
    stem = name.split("_")[0]
    named = name in declared or name in functions.CONSTANTS or name in functions.MODULES
    named = named or functions.find(name) is not None
    return named or (stem != name and stem in declared)


def _splits(name: str, declared: frozenset[str], *, repeated: bool) -> list[list[str]]:
    if "_" in name:  # u x_1 written as ux_1
        stem, _, below = name.partition("_")
        return [
            [*pieces[:-1], f"{pieces[-1]}_{below}"] for pieces in _splits(stem, declared, repeated=repeated) if pieces
        ]
    found = list(_pieces(name, declared | {"pi", "I"})) if len(name) <= 12 else []
    # `zz` is a slip and not a product, but `xxᵀ` is one
    return [pieces for pieces in found if repeated or len(set(pieces)) == len(pieces)]


def _pieces(name: str, declared: frozenset[str]) -> Iterator[list[str]]:
    if not name:
        yield []
    for size in range(1, len(name) + 1):
        if name[:size] in declared:
            for rest in _pieces(name[size:], declared):
                yield [name[:size], *rest]


def undeclared_names(text: str) -> frozenset[str]:
    """The names in a formula's text that are no functions, constants or indices of its sums; none where unreadable."""
    from grader.formula.errors import Unreadable
    from grader.formula.parser import children, parse
    from grader.formula.syntax import Call, Items, Name, Node

    try:
        waiting: list[Node] = [parse(text.strip())]
    except Unreadable:
        return frozenset()
    found: set[str] = set()
    bound = {"True", "otherwise", "None"}
    while waiting:
        node = waiting.pop()
        waiting.extend(children(node))
        if isinstance(node, Name):
            found.add(node.name)
        elif isinstance(node, Call) and functions.find(node.name) is None:
            found.add(node.name)  # x(y + 1), a product
        elif isinstance(node, Call) and node.name in {"Sum", "Product"} and len(node.args) == 2:
            limits = node.args[1]
            index = limits.items[0] if isinstance(limits, Items) else limits
            bound |= {index.name} if isinstance(index, Name) else set()
    return frozenset(found) - bound - set(functions.CONSTANTS) - functions.MODULES - set(functions.FUNCTIONS)
