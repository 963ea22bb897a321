"""Pictures of curves: each is made quickly without arguments, the same every time, and is small once drawn."""

from __future__ import annotations

import inspect
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from importlib import import_module

import pytest

from chainrule.picture_text import picture_text
from chainrule.pictures import picture_svg
from solutions.drawings import Drawing, Plot

MODULES = (
    "adaptive_curves", "attention_curves", "curvature_curves", "estimate_curves", "mixture_curves", "ngram_curves",
    "pair_curves", "sampling_curves", "signal_curves",
    "activation_curves", "adversarial_curves", "bound_curves", "convergence_curves", "density_curves", "fit_curves",
    "gradient_norm_curves", "loss_curves", "measured_curves", "optimiser_curves", "penalty_curves", "ranking_curves",
    "schedule_curves",
)  # fmt: skip
SMALL, LONGEST, SLOW = 15_000, 121, 2.0  # characters, points of a line, seconds on a busy machine


def pictures() -> dict[str, Callable[[], Drawing]]:
    """The functions of the modules that return a drawing, by name."""
    found = {}
    for name in MODULES:
        module = import_module(f"solutions.{name}")
        for member, function in inspect.getmembers(module, inspect.isfunction):
            returned = inspect.get_annotations(function).get("return")
            if function.__module__ == module.__name__ and returned in ("Plot", "Heat") and member[0] != "_":
                found[f"{name}.{member}"] = function
    return found


PICTURES = pictures()


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_small_quick_and_the_same_again(name: str) -> None:
    start = time.process_time()
    drawing = PICTURES[name]()
    assert time.process_time() - start < SLOW
    assert PICTURES[name]() == drawing
    svg = picture_svg(drawing)
    assert len(svg) < SMALL
    assert ElementTree.fromstring(svg).attrib["role"] == "img"
    if isinstance(drawing, Plot):
        assert max(len(series.points) for series in drawing.series) <= LONGEST


@pytest.mark.parametrize("name", PICTURES)
def test_its_words_name_every_series(name: str) -> None:
    drawing = PICTURES[name]()
    told = picture_text(drawing)
    if isinstance(drawing, Plot):
        assert all(series.name in told for series in drawing.series)
    assert told.startswith(drawing.title)


def test_pictures_have_titles_of_their_own() -> None:
    titles = [make().title for make in PICTURES.values()]
    assert len(PICTURES) > 75 and len(set(titles)) == len(titles)
