"""Which families a form asks: spread over the topics, near the marks, and fair: marks in proportion to the time.

Families are first spread by chance. Then single ones are exchanged for others of the same section and topic as long as
that comes nearer to what is asked, and no longer, so that forms stay different.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chainrule.exams.blueprint_schema import Blueprint
from chainrule.exams.effort import marks_of, minutes_of
from chainrule.exams.fitting import Shuffle, wants
from chainrule.exams.spreading import Want, spread

if TYPE_CHECKING:
    from questions.bank import Bank

SLACK = 0.35  # of a question's time: so far it may be from its share of the minutes
FILLED = 0.9  # of the minutes: the estimate to aim at, since one reads the paper first and looks it through at the end
MARKS_WEIGHT = 4.0  # of a mark too many or too few, in minutes
ROUNDS = 6


@dataclass(frozen=True)
class Chosen:
    """A family in its place. marks: it is worth them here."""

    section: int
    family: str
    marks: float
    minutes: float


def chosen(bank: Bank, blueprint: Blueprint, shuffle: Shuffle) -> tuple[Chosen, ...]:
    """The families of a form, section by section, in an order by chance; fixed ones stand as the blueprint has them.

    Raises `Unfilled` where the bank cannot fill it.
    """
    wanted = wants(bank, blueprint, shuffle)
    topics = {id: family.topic for id, family in bank.families.items()}
    choice = _Choice(bank, blueprint, wanted, spread(wanted, topics))
    places = [f"{section} {i}" for section, ids in enumerate(choice.ids) for i in range(len(ids))]
    for _ in range(ROUNDS):
        if not any([choice.better(*map(int, place.split())) for place in shuffle("places", places)]):
            break
    return tuple(choice.made(i, id) for i, ids in enumerate(choice.ids) for id in _order(wanted[i], ids, i, shuffle))


def _order(want: Want, ids: list[str], section: int, shuffle: Shuffle) -> list[str]:
    drawn = shuffle(f"order {section}", [id for id in ids if id not in want.fixed])
    return [*want.fixed, *drawn]


class _Choice:
    """The families chosen so far; ids: of each section."""

    def __init__(self, bank: Bank, blueprint: Blueprint, wanted: list[Want], ids: list[list[str]]) -> None:
        self.blueprint = blueprint
        self.wanted = wanted
        self.ids = ids
        self.topics = {id: family.topic for id, family in bank.families.items()}
        self.marks = {id: marks_of(family) for id, family in bank.families.items()}
        self.minutes = {id: minutes_of(family) for id, family in bank.families.items()}

    def made(self, section: int, id: str) -> Chosen:
        """The family in its place."""
        return Chosen(section, id, self.blueprint.sections[section].each or self.marks[id], self.minutes[id])

    def better(self, section: int, place: int) -> bool:
        """Exchanges one family for the first that comes nearer; False where none does."""
        ids, before = self.ids[section], self.ids[section][place]
        if before in self.wanted[section].fixed:
            return False
        cost, used = self.cost(), {id for section_ids in self.ids for id in section_ids}
        for other in self.wanted[section].candidates if cost > 0 else ():
            if other not in used and self.topics[other] == self.topics[before]:
                ids[place] = other
                if self.cost() < cost - 1e-9:
                    return True
        ids[place] = before
        return False

    def cost(self) -> float:
        """How far the form is from what is asked, in minutes; 0 where it is near enough."""
        made = [self.made(i, id) for i, ids in enumerate(self.ids) for id in ids]
        missed = sum(
            max(abs(sum(one.marks for one in made if one.section == i) - section.marks) - 0.5, 0.0)
            for i, section in enumerate(self.blueprint.sections)
            if section.marks is not None
        )
        return MARKS_WEIGHT * missed + self._unfair(made)

    def _unfair(self, made: list[Chosen]) -> float:
        """Minutes beyond those allowed, and those by which questions are longer or shorter than their marks."""
        needed, allowed = sum(one.minutes for one in made), self.blueprint.minutes
        of_mark = (allowed * FILLED or needed) / sum(one.marks for one in made)
        shares = [(one.minutes, one.marks * of_mark) for one in made]
        late = max(needed - allowed, 0.0) if allowed else 0.0
        return late + sum(max(abs(own - share) - SLACK * share, 0.0) for own, share in shares)
