"""Which questions are published: those of a quiz file, variants that are named, or many of one family."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from chainrule.publishing.asked import Asked, ask

if TYPE_CHECKING:
    from chainrule.quiz import Quiz
    from questions.bank import Bank
    from questions.variant import Variant

MOST = 500  # variants in one export


@dataclass(frozen=True)
class LeftOut:
    """A question, or a part of one, that is not in the export, or not as it is here. why: one sentence."""

    what: str
    why: str


@dataclass(frozen=True)
class Chosen:
    """The variants to publish.

    lost: sentences about items of the quiz file that could not be drawn again.
    topics: titles of their topics by id. bank_of: the family that all are variants of, '' for a quiz.
    """

    quiz: Quiz
    topics: dict[str, str]
    lost: tuple[str, ...] = ()
    twice: tuple[LeftOut, ...] = ()
    family: str = ""

    def topic_of(self, variant: Variant) -> str:
        """The title of the topic."""
        topic = variant.family.partition(".")[0]
        return self.topics.get(topic, topic)

    def asked(self) -> Iterator[Asked]:
        """Every part of every question, in order."""
        for number, variant in enumerate(self.quiz.items, start=1):
            yield from ask(number, variant, self.topic_of(variant))


def from_file(path: Path, bank: Bank) -> Chosen:
    """The questions of a quiz file. Raises InputError or AuthorError where the file as a whole is of no use."""
    from chainrule.quizfile import read_quiz

    read = read_quiz(path, bank)
    return _chosen(read.quiz, bank, lost=read.lost)


def from_ids(asked: Sequence[str], bank: Bank, *, seed: int = 0, title: str = "Questions") -> Chosen:
    """One variant for each of `id@seed`, or of `id` with a seed that `seed` fixes. Raises AuthorError."""
    from chainrule.quiz import Quiz, draw_quiz

    quiz = draw_quiz(bank, seed=seed, families=list(asked))
    return _chosen(Quiz(title, seed, quiz.items), bank)


def from_family(id: str, variants: int, bank: Bank, *, seed: int = 0) -> Chosen:
    """So many variants of one family, all different, by the seeds from `seed` on. Raises AuthorError."""
    from chainrule.quiz import Quiz
    from chainrule.quiz_data import encoded

    family = bank.family(id)
    found: dict[str, Variant] = {}
    for at in range(seed, seed + 20 * variants):  # a family of few values draws some of them again
        variant = family.draw(at)
        found.setdefault(encoded(variant.values) + str([part.prompt.text() for part in variant.parts]), variant)
        if len(found) == variants:
            break
    quiz = Quiz(family.title, seed, tuple(found.values()))
    missing = () if len(found) == variants else (LeftOut(id, f"it has only {len(found)} different variants"),)
    return _chosen(quiz, bank, family=id, twice=missing)


def _chosen(
    quiz: Quiz, bank: Bank, *, lost: Sequence[str] = (), family: str = "", twice: tuple[LeftOut, ...] = ()
) -> Chosen:
    from chainrule.quiz import Quiz

    topics = {topic: title for topic, (title, _) in bank.topics().items()}
    kept: dict[tuple[str, int], Variant] = {}
    for number, variant in enumerate(quiz.items, start=1):
        place = (variant.family, variant.seed)
        if place in kept:
            twice = (*twice, LeftOut(f"question {number}", f"{variant.family}@{variant.seed} stands there already"))
        kept.setdefault(place, variant)
    return Chosen(Quiz(quiz.title, quiz.seed, tuple(kept.values())), topics, tuple(lost), twice, family)
