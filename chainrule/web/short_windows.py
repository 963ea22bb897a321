"""Time that students have and cannot use, since it is due before: told to the instructor while it can be mended."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from chainrule.classes.terms import Terms, terms_of
from chainrule.pages import number_text

if TYPE_CHECKING:
    from chainrule.classes.classrooms import Member
    from chainrule.classes.records import Accommodation, Assignment


def short_windows(
    given: Assignment, minutes: float, students: Sequence[Member], special: Sequence[Accommodation]
) -> Iterator[str]:
    """A sentence for all, or else one for each student who has more minutes than there are until it is due."""
    open_for = (given.due - given.opens).total_seconds() / 60
    if minutes > open_for:
        yield (
            f"It takes {number_text(minutes)} minutes, but is due {number_text(open_for)} minutes after it opens. "
            "Whoever begins then is cut short; give it a later due time."
        )
        return
    for one in students:
        terms = terms_of(given, one.account.id, special, [one.membership])
        if minutes * terms.extra > _until_due(terms):
            yield (
                f"{one.account.shown} has {number_text(minutes * terms.extra)} minutes, but it is due "
                f"{number_text(_until_due(terms))} minutes after it opens. Give an own due time below."
            )


def _until_due(terms: Terms) -> float:
    return (terms.due - terms.opens).total_seconds() / 60
