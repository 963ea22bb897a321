"""How an answer is read, from its text alone."""

from __future__ import annotations

from flask import Blueprint
from pydantic import ConfigDict

from chainrule.web.answering import part_for, variant_for
from chainrule.web.api.base import Given, Said
from chainrule.web.api.items import GONE, NOT_YOURS
from chainrule.web.api.operations import operation
from chainrule.web.echo import Echo, echo_of
from chainrule.web.item_views import practice_item
from chainrule.web.people import person
from chainrule.web.site import site

routes = Blueprint("echoes", __name__)


class Text(Given):
    """answer: what was typed so far."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"answer": "X' (p - y)"}]})

    answer: str


class Line(Said):
    """One reading. html: drawn; text: spelt; shape: in words. error: why it cannot be read, with the place of that.

    start, end: letters of the answer, -1 where the place is not known.
    """

    html: str = ""
    text: str = ""
    shape: str = ""
    notes: tuple[str, ...] = ()
    error: str = ""
    start: int = -1
    end: int = -1


class Reading(Said):
    """A line for each line of a derivation, else one; none for kinds of answers that need no reading."""

    lines: tuple[Line, ...]


@operation(routes, "POST", "/items/<item>/parts/<part>/reading", refuses={404: NOT_YOURS, 410: GONE})
def read(item: str, part: str, body: Text) -> Reading:
    """How an answer would be read. It says nothing of whether it is right, and costs nothing."""
    variant = variant_for(site(), practice_item(site(), person(), item))
    return Reading(lines=tuple(map(_line, echo_of(part_for(variant, part), body.answer))))


def _line(echo: Echo) -> Line:
    return Line(
        html=echo.html, text=echo.text, shape=echo.shape, notes=echo.notes, error=echo.error, start=echo.start,
        end=echo.end,
    )  # fmt: skip
