"""The interactive quiz: shows a part, reads an answer, says how it was read and what it is worth.

Talks through a `Dialogue`, so that tests play the learner.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from chainrule import files
from chainrule.grading import GradedPart, GradedQuiz, Grader, fault
from chainrule.quiz import Quiz
from chainrule.quizfile import Place
from chainrule.submissions import read_submission
from chainrule.wording import TYPED, counted, feedback_text, how_to_answer, letters_in_use, part_text, verdict_lines
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


Keep = Callable[[Mapping[Place, str], Collection[Place]], None]
COMMANDS = {"h": "gives a hint", "s": "skips", "q": "quits"}  # letters that a question may use as names
CLOSED = frozenset({Outcome.RIGHT, Outcome.FAULT})  # after these a part is not asked again


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
    given_up: Collection[Place] = (),
    keep: Keep = lambda answers, given_up: None,
) -> Asked:
    """Asks every part that is still open; stops at `q`, at the end of input and at Ctrl-C.

    A part is open without an answer, and with one that is not right unless it was given up.
    keep: called with all answers, and the parts given up, after each change, so that nothing is lost.
    """
    session = _Session(dialogue, dict(answers or {}), set(given_up), keep)
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


class _Session:
    """One run through a quiz."""

    def __init__(self, dialogue: Dialogue, answers: dict[Place, str], given_up: set[Place], keep: Keep) -> None:
        self.dialogue = dialogue
        self.answers = answers
        self.given_up = given_up
        self.keep = keep
        self.grader = Grader()
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
            _Part(self, place, variant, part).ask()
        except AuthorError as error:
            self.verdicts[place] = fault(error)
            self.dialogue.say(feedback_text(self.verdicts[place]), "red")

    def record(self, place: Place, answer: str, verdict: Verdict) -> None:
        """Keeps an answer that was given, and its verdict."""
        self.answers[place] = answer
        self.verdicts[place] = verdict
        self.keep(self.answers, self.given_up)

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


class _Part:
    """One part: asked until it is right, or left."""

    def __init__(self, session: _Session, place: Place, variant: Variant, part: Part) -> None:
        self.session = session
        self.place = place
        self.part = part
        self.question = variant.family
        self.say = session.dialogue.say
        self.hints = [str(hint) for hint in (part.hints or variant.hints)]
        self.shown = 0
        self.is_long = part.kind in {"code", "derivation"}  # several lines, which an editor holds better
        self.before = session.answers.get(place, "").rstrip()
        self.source = (self.before if self.is_long else "") or part.starter
        # A letter that may be the answer, as a symbol or an option's label, is a command only with a colon: ":h".
        # The lines of a derivation have equals signs, so that a letter alone is never one.
        self.clashing = set() if part.kind == "derivation" else letters_in_use(part) & COMMANDS.keys()

    def ask(self) -> None:
        """Reads lines until the part is right or skipped. Raises Quit, EOFError or KeyboardInterrupt."""
        self.say(part_text(self.part))
        if self.part.starter:
            self.say(self.part.starter.rstrip(), "cyan")
        self.say(how_to_answer(self.part) + " " + self._keys(), "dim")
        if self.before:
            self._show_before()
        while not self._turn(self.session.dialogue.read().strip()):
            pass

    def _show_before(self) -> None:
        """The answer of last time with its verdict; code is only in the editor, being long."""
        self.say("Your answer so far:" if self.is_long else f"Your answer so far: {self.before}")
        for text, style in verdict_lines(self.session.verdicts[self.place]):
            self.say(text, style)

    def _key(self, letter: str) -> str:
        """What to type for the command of that letter."""
        return f":{letter}" if letter in self.clashing else letter

    def _keys(self) -> str:
        edit = "e editor, " if self.is_long else ""
        edit = f"an empty line ends the answer, {edit}" if self.part.kind == "derivation" else edit
        return f"[{edit}{self._key('h')} hint, {self._key('s')} skip, {self._key('q')} quit, ? help]"

    def _turn(self, line: str) -> bool:
        """Does what the line says; True where the part is done."""
        match self._command(line):
            case "q":
                raise Quit
            case "s":
                self.say(f"One right answer: {self.part.answer_text.rstrip()}")
                self.session.give_up(self.place)
                return True
            case "h":
                self._hint()
            case "?":
                self._help()
            case "e" if self.is_long:
                return self._edit()
            case None if line:
                done = self._answer(line)
                if line in self.clashing and not done:
                    self.say(self._remark(line), "dim")
                return done
        return False

    def _remark(self, letter: str) -> str:
        what = "an option" if self.part.choices else "a name"
        return f"{letter} is {what} here; :{letter} {COMMANDS[letter]}."

    def _command(self, line: str) -> str | None:
        """The command that the line is, or None."""
        word = line.removeprefix(":")
        is_command = word in {"h", "s", "q", "?", "e"} and line not in self.clashing
        return word if is_command and (word != "e" or self.is_long) else None

    def _hint(self) -> None:
        if self.shown < len(self.hints):
            self.shown += 1
            self.say(f"Hint {self.shown} of {len(self.hints)}: {self.hints[self.shown - 1]}")
        elif self.hints:
            self.say("There are no more hints.")
        else:
            self.say("This question has no hints.")

    def _help(self) -> None:
        lines = [how_to_answer(self.part), "A wrong answer may be tried again; an unreadable one costs nothing."]
        if self.part.kind in {"formula", "derivation"}:
            lines += [f"  {line}" for line in TYPED]
        lines += [f"{self._key('h')}  the next hint", f"{self._key('s')}  skip this part and see a right answer"]
        lines += [f"{self._key('q')}  quit; what you answered is kept", "?  this help"]
        if self.is_long:
            what = "code" if self.part.kind == "code" else "lines"
            lines.append(f"e  write the {what} in your editor ($EDITOR)")
        self.say("\n".join(lines + [self._remark(letter) for letter in sorted(self.clashing)]))

    def _edit(self) -> bool:
        text = self.session.dialogue.edit(self.source)
        if text is None or not text.strip():
            self.say("Nothing was saved in the editor.")
            return False
        self.source = text
        return self._judge(text)

    def _answer(self, line: str) -> bool:
        if self.part.kind == "derivation":
            self.source = self._all_lines(line)
            return self._judge(self.source)
        if self.part.kind != "code":
            return self._judge(line)
        try:
            found = read_submission(Path(line).expanduser(), self.part, self.question)
        except files.InputError as error:
            self.say(f"{error}. Give the path of a file with your code, or type e for an editor.")
            return False
        for remark in found.remarks:
            self.say(remark, "dim")
        self.source = found.code
        return self._judge(self.source)

    def _all_lines(self, first: str) -> str:
        """The lines up to an empty one, or to the end of the input."""
        lines = [first]
        with contextlib.suppress(EOFError):
            while line := self.session.dialogue.read().strip():
                lines.append(line)
        return "\n".join(lines)

    def _judge(self, answer: str) -> bool:
        verdict = self.session.grader.grade(self.part, answer)
        for text, style in verdict_lines(verdict):
            self.say(text, style)
        if verdict.outcome in {Outcome.UNREADABLE, Outcome.UNDECIDED}:
            return False
        self.session.record(self.place, answer, verdict)
        if verdict.outcome in CLOSED:
            return True
        self.say(f"Try again, or {self._key('s')} to go on.", "dim")
        return False
