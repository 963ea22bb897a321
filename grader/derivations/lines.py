"""Judging the lines of a derivation: right, following from an earlier slip, wrong, or unreadable.

Every name has two meanings: what the student's lines make of it, and what is right for it. A line whose formula is
right with the right meanings, but not with the student's, follows from an earlier slip.

A name that says nothing (`delta`, `e1`) stands for the quantity that it equals. Where it equals none, each quantity
of its shape is tried: that with which most of the later lines come out right is what the student was after.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from grader.derivations.links import Link, State, read_link
from grader.derivations.quantities import Quantities, Quantity, alike, compared
from grader.derivations.signs import name_of
from grader.derivations.typed import Typed
from grader.diagnosis import diagnose
from grader.equivalence import Undecided
from grader.errors import LearnerError
from grader.formula.names import declared_names
from grader.samples import Samples, full_shape
from grader.verdict import Feedback

MOST_SEARCHES = 8  # lines for which is asked what their names were meant for
FAR_AHEAD = 12  # lines that are looked at then


class Status(StrEnum):
    """How a line ended."""

    RIGHT = "right"
    FOLLOWS = "follows"  # right but for an earlier slip
    WRONG = "wrong"
    TAKEN = "taken"  # a definition of the student's own, which nothing contradicts
    UNREADABLE = "unreadable"
    UNDECIDED = "undecided"


@dataclass(frozen=True)
class Judged:
    """A line with its status. quantity: what it is about; claimed: its name says so.

    link: the number of the link that is wrong, from 0.
    got, expected: the values of the wrong link and what they should be. uses: gradients that no line has derived.
    """

    line: Typed
    status: Status
    reading: str = ""
    quantity: Quantity | None = None
    claimed: bool = False
    link: int = 0
    got: Samples | None = None
    expected: Samples | None = None
    why: tuple[Feedback, ...] = ()
    uses: frozenset[str] = frozenset()
    notes: tuple[Feedback, ...] = ()


def judged_lines(lines: Sequence[Typed], quantities: Quantities) -> tuple[Judged, ...]:
    """Each line with its status."""
    state = State(quantities.scope, quantities.scope)
    return tuple(_Judge(quantities, _names(lines, quantities)).all(lines, state))


def _names(lines: Sequence[Typed], quantities: Quantities) -> dict[int, str]:
    """The names that the lines define, by the numbers of the lines."""
    return {line.number: name_of(quantities.signs.plain(line.left)) for line in lines if line.left}


@dataclass(frozen=True)
class _Judge:
    quantities: Quantities
    names: Mapping[int, str]
    explore: bool = True

    def all(self, lines: Sequence[Typed], state: State) -> list[Judged]:
        result = []
        for i, line in enumerate(lines):
            later = frozenset(name for number, name in self.names.items() if number >= line.number)
            judged, state = self.one(line, state, later, lines[i + 1 :])
            result.append(judged)
        return result

    def one(self, line: Typed, state: State, later: frozenset[str], rest: Sequence[Typed]) -> tuple[Judged, State]:
        try:
            name, claim = self.claim(line, last=not rest)
            links = [self.link(text, state, later) for text in line.links]
        except LearnerError as error:
            return Judged(line, Status.UNREADABLE, why=(error.feedback,)), state
        quantity = claim or self.standing(links)
        if claim is None and self.explore and name and rest and state.searches < MOST_SEARCHES:
            state = replace(state, searches=state.searches + 1)
            quantity = self.meant(name, links, quantity, state, rest[:FAR_AHEAD])
        judged = self.against(line, links, quantity, state)
        return replace(judged, claimed=claim is not None), self.after(name, links, judged, state)

    def claim(self, line: Typed, *, last: bool) -> tuple[str, Quantity | None]:
        """The name that the line defines, and the quantity that the name says it is."""
        signs, key = self.quantities.signs, self.quantities.key
        if not line.left:
            if last and len(key.wanted) == 1:
                return f"d{key.wanted[0]}", self.quantities.gradients[key.wanted[0]]
            raise LearnerError(Feedback("derivation.no-name", {"text": line.text}))
        name = name_of(signs.plain(line.left))
        if not name:
            raise LearnerError(Feedback("derivation.left-side", {"text": line.left}))
        if name in self.quantities.values:
            return name, self.quantities.values[name]
        if name in declared_names(self.quantities.key.program.scope):
            raise LearnerError(Feedback("derivation.taken-name", {"name": name}))
        by = signs.claimed(name)
        return name, self.quantities.gradients.get(by) if by else None

    def link(self, text: str, state: State, later: frozenset[str]) -> Link:
        return read_link(self.quantities.signs.plain(text), state, later, self.quantities.cases)

    def standing(self, links: Sequence[Link]) -> Quantity | None:
        """The quantity that the line, as it stands or but for earlier slips, is."""
        for read_ in links[::-1]:
            ways = [w for w in (read_.actual, read_.ideal) if w is not None]
            found = next((q for way in dict.fromkeys(ways) for q in self.quantities.standing(way)), None)
            if found is not None:
                return found
        return None

    def meant(
        self, name: str, links: Sequence[Link], standing: Quantity | None, state: State, rest: Sequence[Typed]
    ) -> Quantity | None:
        """The quantity that a name was meant for, if with that more of the later lines are right than as it stands."""
        judge, values = replace(self, explore=False), links[-1].ideal
        as_it_stands = Judged(
            Typed(0, "", "", ()), Status.TAKEN if standing is None else Status.RIGHT, quantity=standing
        )
        best = standing, (judge.count(rest, self.after(name, links, as_it_stands, state)), True)
        if best[1][0] == len(rest):
            return standing
        for quantity in _each_group(self.quantities):
            if values is not None and full_shape(quantity.samples.formula) != full_shape(values.formula):
                continue
            wrong = Judged(Typed(0, "", "", ()), Status.WRONG, quantity=quantity)
            count = judge.count(rest, self.after(name, links, wrong, state))
            if count >= best[1][0] and (count > best[1][0] or not best[1][1]):
                named = values is not None and diagnose(values, quantity.samples) is not None
                best = max(best, (quantity, (count, named)), key=lambda pair: pair[1])
        return best[0]

    def count(self, rest: Sequence[Typed], state: State) -> int:
        """How many of the lines come out right, but for earlier slips."""
        return sum(judged.status in {Status.RIGHT, Status.FOLLOWS} for judged in self.all(rest, state))

    def against(self, line: Typed, links: Sequence[Link], quantity: Quantity | None, state: State) -> Judged:
        """The line against what it should be; where nothing is known about that, its links against each other."""
        formulas = [r.ideal.formula if r.ideal else None for r in links]
        reading = " = ".join([line.left, *(f.unicode() if f else "?" for f in formulas)])
        notes = tuple(note for f in formulas if f for note in f.notes)
        uses = frozenset(u for r in links for u in r.used if self.is_gradient(u) and u not in state.own)
        judged = Judged(line, Status.TAKEN, reading, quantity, uses=uses, notes=notes)
        expected = quantity.samples if quantity is not None else links[0].ideal
        follows = False
        for i, one in enumerate(links):
            if one.error is not None:
                return replace(judged, status=Status.WRONG, link=i, expected=expected, why=(one.error,))
            assert one.ideal is not None
            if expected is None or (one.actual is not None and alike(one.actual, expected)):
                continue
            if one.differs and alike(one.ideal, expected):
                follows = True
                continue
            status = Status.UNDECIDED if isinstance(compared(one.ideal, expected), Undecided) else Status.WRONG
            return replace(judged, status=status, link=i, got=one.ideal, expected=expected)
        if quantity is None:
            return judged
        return replace(judged, status=Status.FOLLOWS if follows else Status.RIGHT)

    def is_gradient(self, name: str) -> bool:
        """Whether the name is one of those by which derivations know gradients."""
        return bool(self.quantities.signs.claimed(name)) and name not in self.quantities.values

    def after(self, name: str, links: Sequence[Link], judged: Judged | None, state: State) -> State:
        """The meanings after the line. judged: None for a definition of the student's own."""
        if not name or name in self.quantities.values:
            return state
        last = links[-1]
        actual = last.actual.formula.tree if last.actual else None
        if judged is not None and judged.quantity is not None and judged.status is not Status.TAKEN:
            differs = last.actual is None or not alike(last.actual, judged.quantity.samples)
            return state.then(name, actual, judged.quantity.tree, differs=differs)
        if last.ideal is None:
            return state  # a line without a value, of which nothing is known
        return state.then(name, actual, last.ideal.formula.tree, differs=last.differs)


def _each_group(quantities: Quantities) -> list[Quantity]:
    """One quantity of each value."""
    return [q for q in quantities.gradients.values() if q.group == q.of]
