"""The interactive quiz: shows a part, reads an answer, says how it was read and what it is worth.

Talks through a `Dialogue`, so that tests play the learner.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from chainrule import files
from chainrule.grading import GradedPart, GradedQuiz, Grader, fault
from chainrule.quiz import Quiz
from chainrule.quizfile import Place
from chainrule.wording import counted, feedback_text, how_to_answer, letters_in_use, part_text, verdict_lines
from grader.errors import AuthorError
from grader.verdict import Outcome, Verdict
from questions.variant import Part, Variant


class Dialogue(Protocol):
    """The person at the other end."""

    def read(self) -> str:
        """One line, without its end. Raises EOFError where the input ends, KeyboardInterrupt on Ctrl-C."""

    def edit(self, text: str) -> str | None:
        """The text as changed in an editor; None where nothing was saved."""

    def say(self, text: str, style: str = "") -> None:
        """Shows a paragraph."""


class Quit(Exception):
    """The learner wants to stop here."""


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
    keep: Callable[[Mapping[Place, str]], None] = lambda answers: None,
) -> Asked:
    """Asks every part that has no answer yet; stops at `q`, at the end of input and at Ctrl-C.

    keep: called with all answers after each new one, so that nothing is lost.
    """
    session = _Session(dialogue, dict(answers or {}), keep)
    stopped: BaseException | None = None
    with session.grader:
        try:
            session.ask_all(quiz)
        except (Quit, EOFError, KeyboardInterrupt) as end:
            stopped = end
    parts = tuple(session.graded(quiz))
    interrupted = isinstance(stopped, KeyboardInterrupt)
    return Asked(GradedQuiz(quiz, parts), interrupted=interrupted, ended=stopped is not None)


class _Session:
    """One run through a quiz."""

    def __init__(
        self, dialogue: Dialogue, answers: dict[Place, str], keep: Callable[[Mapping[Place, str]], None]
    ) -> None:
        self.dialogue = dialogue
        self.answers = answers
        self.keep = keep
        self.grader = Grader()
        self.verdicts: dict[Place, Verdict] = {}

    def ask_all(self, quiz: Quiz) -> None:
        """Asks the open parts; those answered before are judged again, for the summary."""
        for number, variant in enumerate(quiz.items, start=1):
            for part in variant.parts:
                place = (number, part.id)
                if self.answers.get(place):
                    self.verdicts[place] = self.grader.grade(part, self.answers[place])
                    continue
                self.dialogue.say(_title(number, len(quiz.items), variant, part), "bold")
                self.ask(place, variant, part)

    def ask(self, place: Place, variant: Variant, part: Part) -> None:
        """Asks one part. A question that is broken costs nothing, and the next one comes."""
        try:
            _Part(self, place, variant, part).ask()
        except AuthorError as error:
            self.verdicts[place] = fault(error)
            self.dialogue.say(feedback_text(self.verdicts[place]), "red")

    def record(self, place: Place, answer: str, verdict: Verdict) -> None:
        """Keeps an answer that was given, and its verdict."""
        self.answers[place] = answer
        self.verdicts[place] = verdict
        self.keep(self.answers)

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


class _Part:
    """One part: asked until it is right, or left."""

    def __init__(self, session: _Session, place: Place, variant: Variant, part: Part) -> None:
        self.session = session
        self.place = place
        self.part = part
        self.say = session.dialogue.say
        self.hints = [str(hint) for hint in (part.hints or variant.hints)]
        self.shown = 0
        self.source = part.starter or ""
        # Where such a letter may be the answer, as a symbol or an option's label, commands take a colon: ":h".
        self.colon = ":" if letters_in_use(part) & {"h", "s", "q"} else ""

    def ask(self) -> None:
        """Reads lines until the part is right or skipped. Raises Quit, EOFError or KeyboardInterrupt."""
        self.say(part_text(self.part))
        if self.part.starter:
            self.say(self.part.starter.rstrip(), "cyan")
        self.say(how_to_answer(self.part) + " " + self._keys(), "dim")
        while not self._turn(self.session.dialogue.read().strip()):
            pass

    def _keys(self) -> str:
        edit = f"{self.colon}e editor, " if self.part.kind == "code" else ""
        return f"[{edit}{self.colon}h hint, {self.colon}s skip, {self.colon}q quit, {self.colon}? help]"

    def _turn(self, line: str) -> bool:
        """Does what the line says; True where the part is done."""
        match self._command(line):
            case "q":
                raise Quit
            case "s":
                self.say(f"One right answer: {self.part.answer_text.rstrip()}")
                return True
            case "h":
                self._hint()
            case "?":
                self._help()
            case "e" if self.part.kind == "code":
                return self._edit()
            case None if line:
                return self._answer(line)
        return False

    def _command(self, line: str) -> str | None:
        """The command that the line is, or None."""
        word = line.removeprefix(":")
        is_command = word in {"h", "s", "q", "?", "e"} and (line.startswith(":") or not self.colon)
        return word if is_command and (word != "e" or self.part.kind == "code") else None

    def _hint(self) -> None:
        if self.shown < len(self.hints):
            self.shown += 1
            self.say(f"Hint {self.shown} of {len(self.hints)}: {self.hints[self.shown - 1]}")
        elif self.hints:
            self.say("There are no more hints.")
        else:
            self.say("This question has no hints.")

    def _help(self) -> None:
        c = self.colon
        self.say(
            f"{how_to_answer(self.part)}\nA wrong answer may be tried again; an unreadable one costs nothing.\n"
            f"{c}h  the next hint\n{c}s  skip this part and see a right answer\n"
            f"{c}q  quit; what you answered is kept\n{c}?  this help"
            + (f"\n{c}e  write the code in your editor ($EDITOR)" if self.part.kind == "code" else "")
        )

    def _edit(self) -> bool:
        text = self.session.dialogue.edit(self.source)
        if text is None or not text.strip():
            self.say("Nothing was saved in the editor.")
            return False
        self.source = text
        return self._judge(text)

    def _answer(self, line: str) -> bool:
        if self.part.kind != "code":
            return self._judge(line)
        try:
            self.source = files.read(Path(line).expanduser())
        except files.InputError as error:
            self.say(f"{error}. Give the path of a file with your code, or type {self.colon}e for an editor.")
            return False
        return self._judge(self.source)

    def _judge(self, answer: str) -> bool:
        verdict = self.session.grader.grade(self.part, answer)
        for text, style in verdict_lines(verdict):
            self.say(text, style)
        if verdict.outcome in {Outcome.UNREADABLE, Outcome.UNDECIDED}:
            return False
        self.session.record(self.place, answer, verdict)
        if verdict.outcome in {Outcome.RIGHT, Outcome.FAULT}:
            return True
        self.say(f"Try again, or {self.colon}s to go on.", "dim")
        return False
