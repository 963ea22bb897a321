"""The interactive quiz: shows a part, reads an answer, says how it was read and what it is worth.

Talks through a `Dialogue`, so that tests play the learner.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from chainrule.asking_part import AskedPart
from chainrule.dialogue import CLOSED, Dialogue, Given, Quit
from chainrule.grading import GradedPart, GradedQuiz, Grader, fault
from chainrule.quiz import Quiz
from chainrule.quizfile import Place
from chainrule.wording import counted, feedback_text
from grader.errors import AuthorError
from grader.verdict import Verdict
from questions.variant import Part, Variant

Keep = Callable[[Mapping[Place, str], Collection[Place]], None]


@dataclass(frozen=True)
class Asked:
    """How the questions went. interrupted: by Ctrl-C; ended: by the learner, before the last question."""

    graded: GradedQuiz
    interrupted: bool = False
    ended: bool = False


def ask_quiz(
    quiz: Quiz,
    dialogue: Dialogue,
    *,
    answers: Mapping[Place, str] | None = None,
    given_up: Collection[Place] = (),
    keep: Keep = lambda answers, given_up: None,
) -> Asked:
    """Asks every part that is still open; stops at `q`, at the end of input and at Ctrl-C.

    A part is open without an answer, and with one that is not right unless it was given up.
    keep: called with all answers, and the parts given up, after each change, so that nothing is lost.
    """
    session = Session(dialogue, answers=answers, given_up=given_up, keep=keep)
    stopped: BaseException | None = None
    with session.grader:
        try:
            session.judge_kept(quiz)
            session.ask_all(quiz)
        except (Quit, EOFError, KeyboardInterrupt) as end:
            stopped = end
    parts = tuple(session.graded(quiz))
    interrupted = isinstance(stopped, KeyboardInterrupt)
    return Asked(GradedQuiz(quiz, parts), interrupted=interrupted, ended=stopped is not None)


class Session:
    """One run through questions.

    each: called with every judged answer before its verdict is shown. dispute: what "I think this is right" does.
    """

    def __init__(
        self,
        dialogue: Dialogue,
        *,
        answers: Mapping[Place, str] | None = None,
        given_up: Collection[Place] = (),
        keep: Keep = lambda answers, given_up: None,
        each: Callable[[Given], None] = lambda given: None,
        dispute: Callable[[Given], None] | None = None,
        grader: Grader | None = None,
    ) -> None:
        self.dialogue = dialogue
        self.answers = dict(answers or {})
        self.given_up = set(given_up)
        self.keep = keep
        self.each = each
        self.dispute = dispute
        self.grader = grader or Grader()
        self.verdicts: dict[Place, Verdict] = {}

    def judge_kept(self, quiz: Quiz) -> None:
        """Judges what was answered before, all of it first: the summary counts it wherever the learner stops."""
        for number, variant in enumerate(quiz.items, start=1):
            for part in variant.parts:
                answer = self.answers.get((number, part.id), "")
                if answer.strip():
                    self.verdicts[number, part.id] = self.grader.grade(part, answer)

    def ask_all(self, quiz: Quiz) -> None:
        """Asks the open parts."""
        for number, variant in enumerate(quiz.items, start=1):
            for part in variant.parts:
                place = (number, part.id)
                verdict = self.verdicts.get(place)
                if verdict is None or (verdict.outcome not in CLOSED and place not in self.given_up):
                    self.dialogue.say(_title(number, len(quiz.items), variant, part), "bold")
                    self.grader.expect([part])  # while the question is read
                    self.ask(place, variant, part)

    def ask(self, place: Place, variant: Variant, part: Part) -> None:
        """Asks one part. A question that is broken costs nothing, and the next one comes."""
        try:
            AskedPart(self, place, variant, part).ask()
        except AuthorError as error:
            self.verdicts[place] = fault(error)
            self.dialogue.say(feedback_text(self.verdicts[place]), "red")

    def record(self, place: Place, given: Given) -> None:
        """Keeps an answer that was given, and its verdict."""
        self.answers[place] = given.answer
        self.verdicts[place] = given.verdict
        self.keep(self.answers, self.given_up)
        self.each(given)

    def give_up(self, place: Place) -> None:
        """Remembers that a part with an answer is left as it is; one without stays open for another time."""
        if self.answers.get(place):
            self.given_up.add(place)
            self.keep(self.answers, self.given_up)

    def graded(self, quiz: Quiz) -> list[GradedPart]:
        """Every part with its last verdict; None for those that were not reached."""
        return [
            GradedPart(number, variant, part, self.answers.get(place, ""), self.verdicts.get(place))
            for number, variant in enumerate(quiz.items, start=1)
            for part in variant.parts
            for place in [(number, part.id)]
        ]


def _title(number: int, count: int, variant: Variant, part: Part) -> str:
    name = f", part {part.id}" if len(variant.parts) > 1 else ""
    return f"\nQuestion {number} of {count}: {variant.title}{name} ({counted(part.marks, 'mark')})"
