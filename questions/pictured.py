"""Pictures beside a prompt or a worked solution: what a function of `solutions` makes of the drawn values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from questions.context import Context
from questions.document import Path
from questions.faults import FaultError
from questions.references import call
from questions.schema import FamilySpec, PartSpec

if TYPE_CHECKING:
    from solutions.drawings import Drawing


def picture_of(family: FamilySpec, part: PartSpec, path: Path, context: Context) -> Drawing | None:
    """The part's drawing, None where it has none; a picture above all parts stands with the first.

    Raises `FaultError` where the function fails or makes something else.
    """
    name, place = part.picture, (*path, "picture")
    if name is None and path == ("parts", 0):
        name, place = family.picture, ("picture",)
    return None if name is None else drawing(name, place, context)


def drawing(name: str, place: Path, context: Context) -> Drawing:
    """What the function of that name draws. Raises `FaultError` where it fails or makes something else."""
    from solutions.drawings import DRAWINGS

    made = call(name, context.drawn, {}, context.document, place)
    if not isinstance(made, DRAWINGS):
        kinds = ", ".join(kind.__name__ for kind in DRAWINGS)
        message = f"{name}: came {type(made).__name__}, expected a drawing ({kinds} of solutions/drawings.py)"
        raise FaultError([context.document.fault(place, message)])
    drawn: Drawing = made
    return drawn
