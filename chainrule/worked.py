"""Worked solutions in numbers: the drawn ones, or those of an example of the forward program, with its graph."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from chainrule.graph import graph_svg
from chainrule.numbers import MOST_NUMBERS, exact_text, numbers_text
from chainrule.picture_text import picture_text
from chainrule.pictures import picture_svg
from chainrule.views import ExampleView
from grader.errors import AuthorError

if TYPE_CHECKING:
    from grader.formula import Line
    from questions.variant import Derived, Variant
    from solutions.drawings import Drawing
    from solutions.examples import Example


def derived_of(variant: Variant) -> Derived | None:
    """What the first part that was derived from the forward program asks for; None where there is none."""
    return next((part.derived for part in variant.parts if part.derived is not None), None)


def example_of(variant: Variant) -> Example | None:
    """The variant's example: the same seed gives the same numbers. None where nothing was derived."""
    from solutions.examples import example

    derived = derived_of(variant)
    return None if derived is None else example(derived.program, derived.of, seed=derived.seed)


def example_view(variant: Variant, found: Example | None) -> ExampleView | None:
    """The forward program in numbers, with its computation graph; else what the letters of the steps stand for.

    None where there is neither.
    """
    derived = derived_of(variant)
    if derived is not None and found is not None:
        return ExampleView(given_texts(found), graph_svg(derived.program, derived.of, found))
    given, picture = drawn_texts(variant.steps), _worked_picture(variant)
    if picture is None:
        return ExampleView(given) if given else None
    return ExampleView(given, picture=picture_svg(picture))


def worked_picture_text(variant: Variant) -> str:
    """The picture of the worked solution in words; '' where there is none."""
    picture = _worked_picture(variant)
    return picture_text(picture) if picture else ""


def _worked_picture(variant: Variant) -> Drawing | None:
    try:
        return variant.worked_picture
    except AuthorError:  # a picture that fails costs nobody a solution; checking a question finds it
        return None


def given_texts(example: Example) -> tuple[str, ...]:
    """The inputs of the example: `x = (1, −2)`."""
    inputs = {edge.source for edge in example.edges} - {edge.target for edge in example.edges}
    return tuple(f"{n} = {numbers_text(v, most=12)}" for n, v in example.values.items() if n in inputs)


def drawn_texts(steps: Sequence[Line]) -> tuple[str, ...]:
    """The drawn numbers that the steps name: `c = 3`."""
    import numpy as np

    from grader.formula.positions import Environment
    from grader.formula.precise import names_used

    named = {}
    for line in steps:
        scope = line.formula.scope
        used = names_used(line.formula.tree, Environment(scope, {}, {}))
        named.update({name: scope.constants[name] for name in sorted(used & scope.constants.keys())})
    return tuple(f"{n} = {exact_text(v)}" for n, v in named.items() if np.size(np.asarray(v)) <= MOST_NUMBERS)


def step_values(steps: Sequence[Line], found: Example | None) -> tuple[str, ...]:
    """The value of each step in the example, else for the drawn numbers; empty texts where there is none."""
    if found is None:
        return tuple(_drawn_value(line) for line in steps)
    try:
        return tuple(numbers_text(value) for value in found.along(steps))
    except KeyError:  # steps that an author wrote about names of their own
        return ("",) * len(steps)


def _drawn_value(line: Line) -> str:
    """The value of a step over drawn numbers; '' where it has other names, or is a number that stands there already."""
    from grader.formula.exact_value import exact_entries
    from grader.formula.precise import Undefined

    try:
        text = exact_text(exact_entries(line.formula))
    except (Undefined, ValueError):
        return ""
    return "" if text == line.formula.unicode() else text
