"""Worked solutions that were derived from a forward program: their lines, an example in numbers, the graph."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from chainrule.graph import graph_svg
from chainrule.numbers import numbers_text
from chainrule.views import ExampleView

if TYPE_CHECKING:
    from grader.formula import Line
    from questions.variant import Derived, Variant
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
    """The forward program in numbers, with its computation graph; None where there is none."""
    derived = derived_of(variant)
    if derived is None or found is None:
        return None
    return ExampleView(given_texts(found), graph_svg(derived.program, derived.of, found))


def given_texts(example: Example) -> tuple[str, ...]:
    """The inputs of the example: `x = (1, −2)`."""
    inputs = {edge.source for edge in example.edges} - {edge.target for edge in example.edges}
    return tuple(f"{n} = {numbers_text(v, most=12)}" for n, v in example.values.items() if n in inputs)


def step_values(steps: Sequence[Line], found: Example | None) -> tuple[str, ...]:
    """The value of each step in the example; texts are empty where the steps are not those of the program."""
    if found is None:
        return ("",) * len(steps)
    try:
        return tuple(numbers_text(value) for value in found.along(steps))
    except KeyError:  # steps that an author wrote about names of their own
        return ("",) * len(steps)
