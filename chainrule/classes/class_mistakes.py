"""What a class did not understand: by question and part, counted over its students and shown without their names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import mean, median
from string import ascii_lowercase
from typing import TYPE_CHECKING

from chainrule.recording import verdict_of
from grader.sentences import sentence

if TYPE_CHECKING:
    from chainrule.store.records import Judged
    from questions.bank import Bank
    from questions.family import Family

EXAMPLES = 4  # of wrong answers that are shown
LONGEST = 240  # letters of one of them
DOUBT = 2.0  # answers that count as half right beside the real ones, so that one slip of one student does not lead


@dataclass(frozen=True)
class MadeMistake:
    """A declared mistake. says: the sentence that corrects it. times: how many answers made it."""

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

    n: answers; students: who gave them; first_right: how many of those were right at the first try.
    score: mean of all answers. seconds: median of those whose time is known, of which there are `timed`.
    """

    family: str
    title: str
    topic: str
    part: str
    letter: str
    n: int
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


def part_figures(judged: Sequence[Judged], bank: Bank) -> tuple[PartFigures, ...]:
    """The parts that were answered, what was understood least first. judged: in the order of time."""
    groups: dict[tuple[str, str], list[Judged]] = {}
    for one in judged:
        groups.setdefault((one.item.family, one.attempt.part), []).append(one)
    found = [_figures(family, part, group, bank) for (family, part), group in groups.items()]
    return tuple(sorted(found, key=lambda one: (-one.trouble, one.family, one.part)))


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


def _figures(id: str, part: str, group: Sequence[Judged], bank: Bank) -> PartFigures:
    family = bank.families.get(id)
    first: dict[str, bool] = {}
    for one in group:
        first.setdefault(one.item.learner, one.outcome == "right")
    seconds = [one.attempt.seconds for one in group if one.attempt.seconds > 0]
    return PartFigures(
        id,
        family.title if family else id,
        family.topic if family else id.partition(".")[0],
        part,
        _letter(family, part),
        len(group),
        len(first),
        sum(first.values()),
        mean(one.score for one in group),
        median(seconds) if seconds else 0.0,
        len(seconds),
        _mistakes(group),
        _wrong(group),
    )


def _letter(family: Family | None, part: str) -> str:
    ids = [spec.id for spec, _ in family.parts()] if family else []
    return ascii_lowercase[ids.index(part)] if part in ids and len(ids) > 1 else ""


def _mistakes(group: Sequence[Judged]) -> tuple[MadeMistake, ...]:
    counts = Counter(one.mistake for one in group if one.mistake)
    says: Mapping[str, str] = {one.mistake: _says(one) for one in group if one.mistake}
    return tuple(MadeMistake(name, says[name], times) for name, times in counts.most_common())


def _says(judged: Judged) -> str:
    return " ".join(sentence(feedback) for feedback in verdict_of(judged).feedback)


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
