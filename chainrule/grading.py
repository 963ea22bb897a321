"""Grading: every answer judged by itself, so that one bad answer never costs another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chainrule.quiz import Quiz
from chainrule.quizfile import Answered
from grader.errors import AuthorError
from grader.verdict import Feedback, Outcome, Verdict, unreadable

if TYPE_CHECKING:
    from questions.variant import Part, Variant


@dataclass(frozen=True)
class GradedPart:
    """One part with its answer as typed. verdict: None where nothing was answered."""

    number: int  # of the question within the quiz, from 1
    variant: Variant
    part: Part
    answer: str
    verdict: Verdict | None

    @property
    def earned(self) -> float:
        """The marks earned."""
        return self.part.marks * self.verdict.score if self.verdict else 0.0

    @property
    def outcome(self) -> str:
        """The verdict's outcome in one word, `unanswered` where nothing was answered."""
        return self.verdict.outcome.value if self.verdict else "unanswered"


@dataclass(frozen=True)
class GradedQuiz:
    """A quiz with a verdict for each part. lost: items that could not be graded, and why."""

    quiz: Quiz
    parts: tuple[GradedPart, ...]
    lost: tuple[str, ...] = ()

    @property
    def earned(self) -> float:
        """The marks earned in all parts."""
        return sum(part.earned for part in self.parts)

    @property
    def possible(self) -> float:
        """The marks of all parts."""
        return sum(part.part.marks for part in self.parts)

    @property
    def all_right(self) -> bool:
        """True where every part was answered and is right."""
        return not self.lost and all(part.outcome == Outcome.RIGHT for part in self.parts)


class Grader:
    """Judges answers one by one, with one sandbox and one prover for all of them. Use it in a `with`.

    device: "cpu", or "cuda": code that uses PyTorch then runs on the GPU.
    """

    def __init__(self, device: str = "cpu") -> None:
        from grader.prover import Prover
        from grader.sandbox import Sandbox

        self._sandbox = Sandbox(device=device)
        self._prover = Prover()

    def __enter__(self) -> Grader:
        return self

    def __exit__(self, *exception: object) -> None:
        self._sandbox.close()
        self._prover.close()

    def expect(self, parts: Iterable[Part]) -> None:
        """Starts the processes that these parts will need, so that they are warm when their turn comes."""
        parts = list(parts)
        kinds = {part.kind for part in parts}
        if "formula" in kinds:
            self._prover.warm_up()
        for packages in dict.fromkeys(part.packages for part in parts if part.packages):
            self._sandbox.warm_up(packages)

    def grade(self, part: Part, answer: str) -> Verdict:
        """The verdict on an answer as typed; never raises for it. What breaks on our side is a `fault`."""
        from grader.answers import judge

        try:
            key = part.key
        except AuthorError as error:
            return fault(error)
        return judge(answer, key, sandbox=self._sandbox, prover=self._prover, also=part.also)


def fault(error: AuthorError) -> Verdict:
    """The verdict on any answer to a question that is broken."""
    return Verdict(Outcome.FAULT, 0.0, (Feedback("fault", {"what": " ".join(str(error).split())}),))


def grade(part: Part, answer: str) -> Verdict:
    """The verdict on one answer, as typed; for code the answer is its source. Never raises for what was typed."""
    with Grader() as grader:
        return grader.grade(part, answer)


def grade_quiz(
    answered: Answered, *, each: Callable[[GradedPart], None] | None = None, grader: Grader | None = None
) -> GradedQuiz:
    """Every part of the quiz with its verdict, in order.

    each: called as soon as a part is graded. grader: one that is open already, and stays so.
    """
    parts: list[GradedPart] = []
    with nullcontext(grader) if grader else Grader() as open_grader:
        open_grader.expect(_answered_parts(answered))
        for part in _grade_parts(answered, open_grader):
            parts.append(part)
            if each:
                each(part)
    return GradedQuiz(answered.quiz, tuple(parts), answered.lost)


def _answered_parts(answered: Answered) -> Iterator[Part]:
    for number, variant in enumerate(answered.quiz.items, start=1):
        yield from (part for part in variant.parts if answered.answers.get((number, part.id)))


def _grade_parts(answered: Answered, grader: Grader) -> Iterator[GradedPart]:
    for number, variant in enumerate(answered.quiz.items, start=1):
        for part in variant.parts:
            place = (number, part.id)
            answer = answered.answers.get(place, "")
            verdict = grader.grade(part, answer) if answer.strip() else None
            if place in answered.problems:
                verdict = unreadable(Feedback("quiz.answer", {"what": answered.problems[place]}))
            yield GradedPart(number, variant, part, answer, verdict)
