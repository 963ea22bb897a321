"""Sitting an exam in the terminal: answers are saved as they are typed, the clock is the program's."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from math import isinf
from time import monotonic
from typing import TYPE_CHECKING

from chainrule.alarm import TimeUp, alarm
from chainrule.dialogue import Dialogue, Quit
from chainrule.exam_places import Place, Sat, reading, unreadable_text
from chainrule.exams.clock import WARNINGS, Clock, left_text, warning_text
from chainrule.store.keeper import Keeper
from chainrule.store.records import Draft, Exam, Item, now
from chainrule.wording import counted, how_to_answer, part_text, verdict_lines
from grader.errors import AuthorError
from grader.verdict import Outcome

if TYPE_CHECKING:
    from chainrule.grading import Grader

KEYS = (
    "[type an answer; :n next, :p back, :3b goes to part b of 3, :l list, :e editor, :done hands in, :q leaves, ? help]"
)
HELP = """Whatever is typed without a colon is your answer to this part; a later one takes its place.
:n or Enter  the next part          :p  the one before
:3 or :3b    question 3, part b     :l  all parts with what is answered
:e           write in your editor   :x  take the answer back
:done        hand in                :q  leave for now; the clock goes on, and `chainrule exam --resume` comes back
?            this help"""

YES = frozenset({"yes", "y"})


class Sitting:
    """One run of an exam. answers: latest drafts by item and part."""

    def __init__(
        self,
        exam: Exam,
        places: Sequence[Place],
        answers: dict[tuple[str, str], Draft],
        *,
        store: Keeper,
        dialogue: Dialogue,
        grader: Grader,
        clock: Callable[[], datetime] = now,
    ) -> None:
        self.exam = exam
        self.places = list(places)
        self.sat = Sat(answers={key: draft for key, draft in answers.items() if draft.answer})
        self.spent = {key: draft.seconds for key, draft in answers.items()}
        self.store = store
        self.dialogue = dialogue
        self.grader = grader
        self.clock = clock
        self.at = next((i for i, place in enumerate(self.places) if place.key not in self.sat.answers), 0)
        self.since = monotonic()
        self.begun: Item | None = None  # whose beginning was shown last

    def run(self) -> Sat:
        """Asks until the exam is handed in, left, or out of time; one without a part only whether to hand it in."""
        try:
            if self.places:
                self._ask()
            else:
                self._confirm_empty()
        except TimeUp:
            self.sat.how = "time"
            self.dialogue.say("\nThe time is over. What you saved is handed in.", "bold")
        except (Quit, EOFError):
            pass
        except KeyboardInterrupt:
            self.sat.interrupted = True
        return self.sat

    def left(self) -> float:
        """Seconds that are left, `inf` without a limit."""
        return Clock(self.exam.at, self.exam.minutes).left(self.clock())

    def _ask(self) -> None:
        self._refuse_late()
        self._show()
        while self.sat.how == "left":
            self._turn(self._read())

    def _read(self) -> str:
        """A line; the clock interrupts nothing but the waiting for it. Raises TimeUp."""
        if isinf(self.left()):
            return self.dialogue.read().strip()
        self._refuse_late()
        with alarm(self.left(), WARNINGS, self._warn):
            line = self.dialogue.read().strip()
        self._refuse_late()
        return line

    def _confirm_empty(self) -> None:
        """An exam whose questions are all gone must end some day, but not since a --bank was forgotten."""
        self.dialogue.say(
            "None of its questions is in this bank as it was. Was the exam begun with another --bank? "
            "Type yes to hand it in without a mark, or Enter to leave it open."
        )
        if self.dialogue.read().strip().lower() in YES:
            self.sat.how = "handed-in"

    def _refuse_late(self) -> None:
        if self.left() <= 0:
            raise TimeUp

    def _turn(self, line: str) -> None:
        match line.lower():
            case "" | ":n":
                self._go(self.at + 1)
            case ":p":
                self._go(self.at - 1)
            case ":l":
                self._list()
            case ":e":
                self._edit()
            case ":x":
                self._save("")
            case "?" | ":?" | ":h":
                self.dialogue.say(HELP)
            case ":q":
                raise Quit
            case ":done":
                self._hand_in()
            case command if command.startswith(":"):
                self._jump(command[1:])
            case _ if self.place.part.kind == "derivation":
                self._lines(line)
            case _:
                self._save(line)

    def _lines(self, first: str) -> None:
        """Saves a derivation: all lines up to an empty one, to a command, or to where the reading was broken off."""
        lines, line = [first], ""
        try:
            while (line := self._read()) and not line.startswith(":"):
                lines.append(line)
        finally:
            self._save("\n".join(lines))
        if line:
            self._turn(line)

    @property
    def place(self) -> Place:
        """Where the learner is."""
        return self.places[self.at]

    def _go(self, at: int) -> None:
        if at >= len(self.places):
            self.dialogue.say("That was the last part. :l lists them, :done hands in.")
            return
        self.at = max(0, at)
        self._show()

    def _jump(self, name: str) -> None:
        found = [i for i, place in enumerate(self.places) if place.name == name or place.name == f"{name}a"]
        if found:
            self._go(found[0])
        else:
            self.dialogue.say(f":{name} is no part and no command; ? lists the commands, :l the parts.")

    def _show(self) -> None:
        place, say = self.place, self.dialogue.say
        self.since = monotonic()
        first = place.part is place.variant.parts[0]
        name = f"{place.name}. {place.variant.title}" if first or self.begun != place.item else f"{place.name}."
        say(f"\n{name} ({counted(place.part.marks, 'mark')}){self._clock()}", "bold")
        if not first and self.begun != place.item:
            say(f":{place.item.number} shows how this question begins.", "dim")
        self.begun = place.item
        try:
            say(part_text(place.part))
            if place.part.starter:
                say(place.part.starter.rstrip(), "cyan")
            say(how_to_answer(place.part), "dim")
        except AuthorError as error:
            say(f"This part is broken and costs nothing: {error}", "red")
        say(KEYS, "dim")
        if draft := self.sat.answers.get(place.key):
            say(f"Saved so far: {draft.answer}")

    def _clock(self) -> str:
        return f"   {left_text(self.left())}" if self.exam.minutes else ""

    def _warn(self, left: float) -> None:
        self.dialogue.say(f"\n{warning_text(left)}", "yellow")

    def _list(self) -> None:
        lines = []
        for i, place in enumerate(self.places):
            draft = self.sat.answers.get(place.key)
            told = " ".join(draft.answer.split())[:50] if draft else "open"
            lines.append(
                f"{'>' if i == self.at else ' '} {place.name:<4} {counted(place.part.marks, 'mark'):<10} {told}"
            )
        self.dialogue.say("\n".join(lines))

    def _edit(self) -> None:
        draft = self.sat.answers.get(self.place.key)
        text = self.dialogue.edit(draft.answer if draft else self.place.part.starter)
        if self.left() <= 0 and text:
            self.dialogue.say(f"This came out of the editor after the end and does not count:\n{text.rstrip()}")
        self._refuse_late()
        if text and text.strip():
            self._save(text)
        else:
            self.dialogue.say("Nothing was saved in the editor.")

    def _save(self, answer: str) -> None:
        place = self.place
        if place.part.kind == "code" and "\n" not in answer and answer:
            self.dialogue.say("Code is written in the editor: :e opens it.")
            return
        seconds = self.spent.get(place.key, 0.0) + monotonic() - self.since
        draft = Draft(place.item.id, place.part.id, answer, round(seconds, 1))
        self.store.add(draft)  # before anything is said: what is said to be saved is
        self.since, self.spent[place.key] = monotonic(), seconds
        if answer:
            self.sat.answers[place.key] = draft
        else:
            self.sat.answers.pop(place.key, None)
        self._say_saved(place, answer)

    def _say_saved(self, place: Place, answer: str) -> None:
        say = self.dialogue.say
        if not answer:
            say("Taken back.")
            return
        if self.exam.feedback == "none":
            say(f"Saved.{reading(place.part, answer, self.grader)}")
            return
        verdict = self.grader.grade(place.part, answer)
        if verdict.outcome is Outcome.UNREADABLE:
            say(f"Saved.{unreadable_text(verdict)}")
        elif self.exam.feedback == "full":
            for text, style in verdict_lines(verdict):
                say(text, style)
        else:
            say(f"Saved: {verdict.outcome.value}.")

    def _hand_in(self) -> None:
        missing = [place.name for place in self.places if place.key not in self.sat.answers]
        open_parts = f" Still open: {', '.join(missing)}." if missing else " Every part is answered."
        self.dialogue.say(f"Hand in?{open_parts} Type yes, or Enter to go on.")
        if self._read().lower() in YES:
            self.sat.how = "handed-in"
