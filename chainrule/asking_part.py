"""One part of a question, asked in a terminal until it is right, or left."""

from __future__ import annotations

import contextlib
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from chainrule import files
from chainrule.dialogue import CLOSED, COMMANDS, DISPUTE, Given, Quit
from chainrule.quizfile import Place
from chainrule.submissions import read_submission
from chainrule.wording import TYPED, how_to_answer, letters_in_use, part_text, verdict_lines
from grader.verdict import Outcome
from questions.variant import Part, Variant

if TYPE_CHECKING:
    from chainrule.asking import Session


class AskedPart:
    """One part: asked until it is right, or left."""

    def __init__(self, session: Session, place: Place, variant: Variant, part: Part) -> None:
        self.session = session
        self.place = place
        self.variant = variant
        self.part = part
        self.last: Given | None = None
        self.since = monotonic()
        self.question = variant.family
        self.say = session.dialogue.say
        self.hints = [str(hint) for hint in (part.hints or variant.hints)]
        self.shown = 0
        self.is_long = part.kind in {"code", "derivation"}  # several lines, which an editor holds better
        self.before = session.answers.get(place, "").rstrip()
        self.source = (self.before if self.is_long else "") or part.starter
        # A letter that may be the answer, as a symbol or an option's label, is a command only with a colon: ":h".
        # The lines of a derivation have equals signs, so that a letter alone is never one.
        self.clashing = set() if part.kind == "derivation" else letters_in_use(part) & self._letters()

    def _letters(self) -> set[str]:
        return {*COMMANDS, DISPUTE} if self.session.dispute else set(COMMANDS)

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
            case "d" if self.last is not None and self.session.dispute is not None:
                self.session.dispute(self.last)
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
        return f"{letter} is {what} here; :{letter} {COMMANDS.get(letter, 'says that you think it is right')}."

    def _command(self, line: str) -> str | None:
        """The command that the line is, or None."""
        word = line.removeprefix(":")
        if line in self.clashing or (word == "e" and not self.is_long):
            return None
        disputes = word == DISPUTE and self.last is not None and self.session.dispute is not None
        return word if disputes or word in {"h", "s", "q", "?", "e"} else None

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
        if self.session.dispute:
            lines.append(f"{self._key(DISPUTE)}  after a verdict: I think this is right")
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
                if self._command(line) is None:
                    lines.append(line)
                else:
                    self.say(f"{line} comes after the answer, which an empty line ends.", "dim")
        return "\n".join(lines)

    def _judge(self, answer: str) -> bool:
        seconds = monotonic() - self.since  # before the judging, which is not the learner's time
        verdict = self.session.grader.grade(self.part, answer)
        counts = verdict.outcome not in {Outcome.UNREADABLE, Outcome.UNDECIDED}
        if counts:  # kept before it is shown: what the learner has seen is never lost
            self.last = Given(self.variant, self.part, answer, verdict, self.shown, seconds)
            self.since = monotonic()
            self.session.record(self.place, self.last)
        for text, style in verdict_lines(verdict):
            self.say(text, style)
        if not counts:
            return False
        if verdict.outcome in CLOSED:
            return True
        disputes = f", {self._key(DISPUTE)} if you think it is right" if self.session.dispute else ""
        self.say(f"Try again, or {self._key('s')} to go on{disputes}.", "dim")
        return False
