"""Which questions of a bank fit a section of a blueprint, and how many of them it takes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from statistics import mean
from typing import TYPE_CHECKING, TypeAlias

from chainrule.exams.blueprint_schema import Blueprint, Section
from chainrule.exams.effort import kinds_of, marks_of
from chainrule.exams.spreading import Unfilled, Want, spread
from questions.faults import listed

if TYPE_CHECKING:
    from questions.bank import Bank
    from questions.family import Family

Shuffle: TypeAlias = Callable[[str, Sequence[str]], list[str]]
"""(what is shuffled, names in a fixed order) -> the names by chance. What: so that two shuffles may differ."""


@dataclass(frozen=True)
class Short:
    """A section that cannot be filled. index: its place; wanted, found: questions; shared: other sections have some."""

    section: Section
    index: int
    wanted: int
    found: int
    shared: bool

    def __str__(self) -> str:
        asked = "1 question is" if self.wanted == 1 else f"{self.wanted} questions are"
        there = {0: "there is none", 1: "there is 1"}.get(self.found, f"there are {self.found}")
        besides = " besides those of other sections" if self.shared else ""
        return (
            f"the section {self.section.title!r} cannot be filled: {asked} asked for, {there}{besides} "
            f"({_limits(self.section)}); ask for fewer, or widen its topics, levels or kinds"
        )


def fits(family: Family, section: Section) -> bool:
    """Whether the family may be drawn for the section."""
    topic = not section.topics or family.topic in section.topics
    level = not section.levels or family.level in section.levels
    return topic and level and (not section.kinds or set(kinds_of(family)) <= set(section.kinds))


def fitting(bank: Bank, section: Section) -> list[Family]:
    """The families that may be drawn for the section, by id."""
    return [family for _, family in sorted(bank.families.items()) if fits(family, section)]


def size(bank: Bank, section: Section) -> int:
    """How many questions the section holds: as many as it says, or as come to about its marks."""
    if section.questions is not None:
        return section.questions
    if section.marks is None:
        return len(section.families)
    of_one = section.each or mean([marks_of(family) for family in fitting(bank, section)] or [1.0])
    own = [section.each or marks_of(bank.family(id)) for id in section.families]
    return len(own) + max(round((section.marks - sum(own)) / of_one), 0 if own else 1)


def wants(bank: Bank, blueprint: Blueprint, shuffle: Shuffle) -> list[Want]:
    """What each section takes, its candidates shuffled; what a section has in any case is nobody's candidate."""
    fixed = {id for section in blueprint.sections for id in section.families}
    found = []
    for i, section in enumerate(blueprint.sections):
        free = [family for family in fitting(bank, section) if family.id not in fixed]
        found.append(Want(tuple(_by_turns(free, str(i), shuffle)), size(bank, section), section.families))
    return found


def first_short(bank: Bank, blueprint: Blueprint) -> Short | None:
    """The first section that cannot be filled beside those before it; None where all can."""
    wanted = wants(bank, blueprint, lambda what, names: list(names))
    topics = {id: family.topic for id, family in bank.families.items()}
    for i, want in enumerate(wanted):
        try:
            spread(wanted[: i + 1], topics)
        except Unfilled as error:
            section, found = blueprint.sections[i], want.count - error.missing
            fit = {*want.fixed, *(family.id for family in fitting(bank, section))}
            return Short(section, i, want.count, found, shared=len(fit) > found)
    return None


def _limits(section: Section) -> str:
    """What the section draws from, in words."""
    named = {"topic": section.topics, "level": tuple(map(str, section.levels)), "kind": section.kinds}
    told = [f"{what} {listed(values, joint='or')}" for what, values in named.items() if values]
    return ", ".join(told) or "of the whole bank"


def _by_turns(families: Sequence[Family], section: str, shuffle: Shuffle) -> list[str]:
    """The ids by chance: one of each topic, then a second one of each, so that large topics do not come first."""
    by_topic = {
        topic: shuffle(f"{section} {topic}", [family.id for family in group])
        for topic, group in groupby(families, key=lambda family: family.topic)
    }
    order = shuffle(section, list(by_topic))
    longest = max(map(len, by_topic.values()), default=0)
    return [by_topic[topic][i] for i in range(longest) for topic in order if i < len(by_topic[topic])]
