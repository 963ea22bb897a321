"""What a class did not understand: by question and part, counted over its students and shown without their names."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from string import ascii_lowercase
from typing import TYPE_CHECKING

from chainrule.classes.first_tries import first_tries, is_try
from chainrule.recording import verdict_of
from chainrule.statistics.slips import slips_of
from grader.sentences import sentence

if TYPE_CHECKING:
    from chainrule.statistics.answers import Answer
    from chainrule.store.records import Judged
    from questions.bank import Bank
    from questions.family import Family

EXAMPLES = 4  # of wrong answers that are shown
LONGEST = 240  # letters of one of them
DOUBT = 2.0  # answers that count as half right beside the real ones, so that one slip of one student does not lead


@dataclass(frozen=True)
class MadeMistake:
    """A declared mistake, or a statement that was misjudged. times: how many answers made it.

    says: the sentence that corrects it; '' where the name is that sentence.
    """

    name: str
    says: str
    times: int


@dataclass(frozen=True)
class WrongAnswer:
    """An answer that was not right, as typed; times: how often it came."""

    answer: str
    times: int


@dataclass(frozen=True)
class PartFigures:
    """One part of a question. letter: '' where it is the only one.

    n: tries, and what was left out of exams; students: who made a try; first_right: how many were right at the first.
    score: mean of those n. left: how many of them were left out. costless: further answers, of no try: not decided, or
    not read in practice. seconds: median of those whose time is known, of which there are `timed`.
    """

    family: str
    title: str
    topic: str
    part: str
    letter: str
    n: int
    left: int
    costless: int
    students: int
    first_right: int
    score: float
    seconds: float
    timed: int
    mistakes: tuple[MadeMistake, ...]
    wrong: tuple[WrongAnswer, ...]

    @property
    def trouble(self) -> float:
        """By which parts are sorted: the share of marks that was lost, with doubt where few answered."""
        return ((1 - self.score) * self.n + DOUBT / 2) / (self.n + DOUBT)


@dataclass(frozen=True)
class TopicFigures:
    """A topic. n: answers; score: their mean."""

    title: str
    n: int
    score: float


def part_figures(judged: Sequence[Judged], bank: Bank, left: Iterable[Answer] = ()) -> tuple[PartFigures, ...]:
    """The parts that were asked, what was understood least first. judged: in the order of time. left: out of exams."""
    counts = Counter(one.item for one in left)
    groups: dict[tuple[str, str], list[Judged]] = {_place(item): [] for item in counts}
    for one in judged:
        groups.setdefault((one.item.family, one.attempt.part), []).append(one)
    found = [_figures(*place, group, counts["/".join(place)], bank) for place, group in groups.items()]
    return tuple(sorted(found, key=lambda one: (-one.trouble, one.family, one.part)))


def _place(item: str) -> tuple[str, str]:
    family, _, part = item.partition("/")
    return family, part


def topic_figures(figures: Sequence[PartFigures], bank: Bank) -> tuple[TopicFigures, ...]:
    """The same by topic, in the order of the course."""
    titles = {topic: title for topic, (title, _) in bank.topics().items()}
    found = []
    for topic in dict.fromkeys([*titles, *(one.topic for one in figures)]):
        own = [one for one in figures if one.topic == topic]
        n = sum(one.n for one in own)
        if n:
            found.append(TopicFigures(titles.get(topic, topic), n, sum(one.score * one.n for one in own) / n))
    return tuple(found)


def _figures(id: str, part: str, group: Sequence[Judged], left: int, bank: Bank) -> PartFigures:
    family = bank.families.get(id)
    tries = [one for one in group if is_try(one)]
    first = first_tries(tries).values()
    n = len(tries) + left
    seconds = [one.attempt.seconds for one in group if one.attempt.seconds > 0]
    return PartFigures(
        id,
        family.title if family else id,
        family.topic if family else id.partition(".")[0],
        part,
        _letter(family, part),
        n,
        left,
        len(group) - len(tries),
        len(first),
        sum(one.outcome == "right" for one in first),
        sum(one.score for one in tries) / n if n else 0.0,
        median(seconds) if seconds else 0.0,
        len(seconds),
        _mistakes(tries),
        _wrong(group),
    )


def _letter(family: Family | None, part: str) -> str:
    ids = [spec.id for spec, _ in family.parts()] if family else []
    return ascii_lowercase[ids.index(part)] if part in ids and len(ids) > 1 else ""


def _mistakes(group: Sequence[Judged]) -> tuple[MadeMistake, ...]:
    made = [slip for one in group for slip in dict(_slips(one)).items()]
    says = dict(made)
    counts = Counter(name for name, _ in made)
    return tuple(MadeMistake(name, says[name], times) for name, times in counts.most_common())


def _slips(one: Judged) -> Iterable[tuple[str, str]]:
    if one.attempt.kind == "statements":
        return slips_of("statements", one.mistake, json.loads(one.feedback), one.attempt.reading)
    return [(one.mistake, " ".join(sentence(feedback) for feedback in verdict_of(one).feedback))] if one.mistake else []


def _wrong(group: Sequence[Judged]) -> tuple[WrongAnswer, ...]:
    """Answers that no declared mistake explains come first: they are the ones to learn from."""
    unexplained = [one for one in group if one.outcome in {"wrong", "partial"} and not one.mistake]
    explained = [one for one in group if one.outcome in {"wrong", "partial"} and one.mistake]
    counts = [*_counted(unexplained), *_counted(explained)]
    return tuple(counts[:EXAMPLES])


def _counted(group: Sequence[Judged]) -> list[WrongAnswer]:
    counts = Counter(_shortened(one.attempt.answer) for one in group)
    return [WrongAnswer(answer, times) for answer, times in counts.most_common()]


def _shortened(answer: str) -> str:
    text = answer.strip()
    return text if len(text) <= LONGEST else text[:LONGEST] + " …"
