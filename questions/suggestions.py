"""Mistakes that an author may want to declare: the sign, the transpose, a factor left out, one off."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from grader.formula.reading import Formula
from grader.formula.tree import Apply, Bound, Expr, Pick
from grader.keys import FormulaKey, NumberKey
from questions.build_key import Site, same_formula, same_number
from questions.variant import Part

MOST = 8


@dataclass(frozen=True)
class Suggestion:
    """A wrong key that is not declared yet, in the form of the file."""

    name: str
    key: str
    says: str


def suggestions(site: Site, part: Part) -> tuple[Suggestion, ...]:
    """Mistakes that differ from the key of this variant and from those that are declared; at most 8."""
    answer = site.part.answer
    spec = answer.formula or answer.integer or answer.number
    if spec is None:
        return ()
    path = (*site.answer_path, "key")
    if isinstance(part.key, FormulaKey):
        known: list[Any] = [part.key.formula, *(m.key for m in part.key.mistakes)]
        return _new(_of_formula(spec.key, part.key.formula), known, same_formula)
    assert isinstance(part.key, NumberKey)
    known = [part.key.value, *(m.key for m in part.key.mistakes)]
    found = _of_number(spec.key, part.key.value, site.context.formula(spec.key, path))
    return _new(found, known, same_number(part.key.digits))


def _new(found: Iterator[tuple[Suggestion, Any]], known: list[Any], same: Any) -> tuple[Suggestion, ...]:
    """Those that nothing known coincides with, and that differ from each other."""
    kept: list[Suggestion] = []
    for suggestion, meaning in found:
        if len(kept) < MOST and not any(same(meaning, other) for other in known):
            kept.append(suggestion)
            known.append(meaning)
    return tuple(kept)


def _of_formula(text: str, key: Formula) -> Iterator[tuple[Suggestion, Formula]]:
    sign = replace(key, tree=Apply("neg", (key.tree,), key.shape, key.row))
    yield Suggestion("sign", f"-({text})", "The sign is turned round."), sign
    if len(key.shape) == 2:
        turned = Apply("transpose", (key.tree,), key.shape[::-1])
        yield Suggestion("transposed", f"({text}).T", "That is the transpose."), replace(key, tree=turned)
    if "{" not in text:  # the printed tree would hold one drawn text for all
        for tree, factor in _shorter(key.tree):
            formula = replace(key, tree=tree)
            dropped = replace(key, tree=factor).text()
            yield Suggestion(_without(dropped), formula.text(), f"The factor {dropped} is missing."), formula


def _of_number(text: str, value: Any, key: Formula) -> Iterator[tuple[Suggestion, Any]]:
    yield Suggestion("sign", f"-({text})", "The sign is turned round."), -value
    if isinstance(value, Fraction) and value.denominator == 1:
        yield Suggestion("one-more", f"{text} + 1", "That is one too many."), value + 1
        yield Suggestion("one-less", f"{text} - 1", "That is one too few."), value - 1
    from grader.formula.exact_value import exact
    from grader.formula.precise import Undefined

    for tree, factor in _shorter(key.tree):
        formula = replace(key, tree=tree)
        dropped = replace(key, tree=factor).text()
        try:
            yield Suggestion(_without(dropped), formula.text(), f"The factor {dropped} is missing."), exact(formula)
        except Undefined:
            continue


def _without(factor: str) -> str:
    """A name for the mistake, from the letters of the factor."""
    return "no-" + ("-".join(re.findall(r"\w+", factor)) or "factor")


def _shorter(tree: Expr) -> Iterator[tuple[Expr, Expr]]:
    """The tree with one factor of one product left out, and that factor. Shapes stay as they are."""
    if isinstance(tree, Apply) and tree.op in {"mul", "div"}:
        left, right = tree.args
        if left.shape == tree.shape:
            yield left, right
        if right.shape == tree.shape and tree.op == "mul":
            yield right, left
    for i, child in enumerate(_children(tree)):
        for shorter, factor in _shorter(child):
            yield _with_child(tree, i, shorter), factor


def _children(tree: Expr) -> Sequence[Expr]:
    match tree:
        case Apply(args=args):
            return args
        case Bound(body=body):
            return (body,)
        case Pick(base=base):
            return (base,)
    return ()


def _with_child(tree: Expr, i: int, child: Expr) -> Expr:
    match tree:
        case Apply(args=args):
            return replace(tree, args=(*args[:i], child, *args[i + 1 :]))
        case Bound():
            return replace(tree, body=child)
        case Pick():
            return replace(tree, base=child)
    return tree
