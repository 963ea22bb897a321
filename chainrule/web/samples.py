"""Right answers of the bank, one for each kind of work, with which workers get warm."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from chainrule.web.judge_worker import request

if TYPE_CHECKING:
    from chainrule.classes.records import Lane
    from questions.bank import Bank
    from questions.family import Family


def samples(bank: Bank, lane: Lane) -> tuple[str, ...]:
    """Requests for a formula, or for code with each of the packages that the bank's questions use."""
    wanted = ("formula",) if lane == "quick" else ("numpy", "torch")
    found: dict[str, str] = {}
    for family in bank.families.values():
        for kind, part in _kinds(family):
            if kind in wanted and kind not in found:
                found[kind] = request(family, 1, "", part, None)
        if len(found) == len(wanted):
            break
    return tuple(found[kind] for kind in wanted if kind in found)


def _kinds(family: Family) -> Iterator[tuple[str, str]]:
    """What judging the parts takes, with their ids."""
    for part, _ in family.parts():
        if part.answer.code is not None:
            yield part.answer.code.allow, part.id
        elif part.answer.formula is not None:
            yield "formula", part.id
