"""A practice session: what to ask comes from outside, each answer goes to the store before its verdict is shown."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from textwrap import shorten
from time import monotonic
from typing import TYPE_CHECKING, Protocol

from chainrule.asking import Session
from chainrule.dialogue import Dialogue, Given, Quit
from chainrule.quiz import SEEDS
from chainrule.recording import attempt_of, item_of
from chainrule.store.keeper import Keeper
from chainrule.store.records import ME, Appeal, Attempt, Item, Record
from chainrule.wording import counted
from grader.errors import AuthorError

if TYPE_CHECKING:
    from chainrule.grading import Grader
    from questions.bank import Bank
    from questions.variant import Variant

AFTER = "[Enter next, a another one like this, w worked solution, q quit, ? help]"
AFTER_HELP = """Enter  the next question
a  another one like this, with other values
w  the worked solution
d  I think this is right: keeps the answer for whoever looks after the questions
q  quit; everything answered is kept"""


@dataclass(frozen=True)
class Next:
    """What to ask next. why: in words, for the learner. seed: of the variant; None for a fresh one."""

    family: str
    why: str = ""
    seed: int | None = None


@dataclass(frozen=True)
class Done:
    """An item that was asked, with the answers that were judged. marks: of all its parts."""

    item: Item
    attempts: tuple[Attempt, ...]
    marks: float

    @property
    def score(self) -> float:
        """The share of marks of the first judged answer to each part."""
        first: dict[str, Attempt] = {}
        for attempt in self.attempts:
            first.setdefault(attempt.part, attempt)
        return sum(a.score * a.marks for a in first.values()) / self.marks if self.marks else 0.0


class Source(Protocol):
    """Chooses what is asked."""

    def next(self, done: Sequence[Done]) -> Next | None:
        """The next family after those that were asked; None where the session is over."""


@dataclass
class Practised:
    """How a session went. interrupted: by Ctrl-C. ended: by the learner."""

    done: list[Done] = field(default_factory=list)
    interrupted: bool = False
    ended: bool = False
    seconds: float = 0.0


@dataclass(frozen=True)
class Practice:
    """Everything that a session needs. tell: called with every record that was kept, for `--json`."""

    bank: Bank
    store: Keeper
    dialogue: Dialogue
    grader: Grader
    chance: random.Random
    learner: str = ME
    tell: Callable[[Record], None] = lambda record: None

    def run(self, source: Source) -> Practised:
        """Asks until the source or the learner ends it."""
        practised, start = Practised(), monotonic()
        try:
            while (chosen := source.next(practised.done)) is not None:
                self._ask_and_more(chosen, practised)
        except (Quit, EOFError):
            practised.ended = True
        except KeyboardInterrupt:
            practised.ended = practised.interrupted = True
        practised.seconds = monotonic() - start
        return practised

    def _ask_and_more(self, chosen: Next, practised: Practised) -> None:
        """One item, and more like it as long as the learner wants them."""
        again, seed = True, chosen.seed
        while again:
            fresh, seed = self.chance.randrange(SEEDS) if seed is None else seed, None
            try:
                variant = self.bank.family(chosen.family).draw(fresh)
            except AuthorError as error:
                self.dialogue.say(f"{chosen.family} is left out: {error}", "red")
                return
            asked = _Item(self, variant, chosen.why, len(practised.done) + 1)
            try:
                asked.ask()
            finally:
                practised.done.append(asked.done())
            again = asked.after()


class _Item:
    """One variant: asked part by part, then what the learner wants to do next."""

    def __init__(self, practice: Practice, variant: Variant, why: str, number: int) -> None:
        self.practice = practice
        self.variant = variant
        self.why = why
        self.number = number
        self.item = item_of(variant, "practice", learner=practice.learner)
        self.attempts: list[Attempt] = []
        self.disputed: set[str] = set()
        self.session = Session(practice.dialogue, each=self._keep, dispute=self.dispute, grader=practice.grader)

    def ask(self) -> None:
        """Asks every part. Raises Quit, EOFError or KeyboardInterrupt."""
        self._add(self.item)
        say = self.practice.dialogue.say
        say(f"\n{self.number}. {self.variant.title}", "bold")
        say(f"{self.variant.family}, level {self.variant.level}{f', {self.why}' if self.why else ''}", "dim")
        self.session.grader.expect(self.variant.parts)
        for part in self.variant.parts:
            if len(self.variant.parts) > 1:
                say(f"Part {part.id} ({counted(part.marks, 'mark')})", "bold")
            self.session.ask((self.number, part.id), self.variant, part)

    def after(self) -> bool:
        """What the learner does next; True for another one like this. Raises Quit, EOFError or KeyboardInterrupt."""
        dialogue = self.practice.dialogue
        while True:
            dialogue.say(AFTER, "dim")
            match dialogue.read().strip().removeprefix(":"):
                case "":
                    return False
                case "a":
                    return True
                case "w":
                    self._worked()
                case "d":
                    self.dispute()
                case "q":
                    raise Quit
                case "?":
                    dialogue.say(AFTER_HELP)
                case other:
                    dialogue.say(f"{other!r} is no key here.", "dim")

    def done(self) -> Done:
        """What came of it."""
        return Done(self.item, tuple(self.attempts), sum(part.marks for part in self.variant.parts))

    def dispute(self, given: Given | None = None) -> None:
        """Keeps an attempt as one that the learner thinks is right: the one given, else the last part's not right."""
        say = self.practice.dialogue.say
        last = {attempt.part: attempt for attempt in self.attempts}
        found = self.attempts[-1:] if given else [one for one in last.values() if one.outcome != "right"]
        attempt = next((one for one in reversed(found) if one.id not in self.disputed), None)
        if attempt is None:
            say("It is kept already." if found else "There is no answer here that was not right.", "dim")
            return
        self._add(Appeal(attempt.id))
        self.disputed.add(attempt.id)
        part = f" to part {attempt.part}" if len(self.variant.parts) > 1 else ""
        answer = shorten(attempt.answer, 50, placeholder=" ...")
        say(f"Kept with its question and verdict: {answer}{part}. `chainrule appeals` lists it.")

    def _worked(self) -> None:
        from chainrule.records import step_texts

        say = self.practice.dialogue.say
        for hint in self.variant.hints:
            say(f"Hint: {hint}", "dim")
        say("\n".join(step_texts(self.variant)) or "This question has no worked steps.")
        for part in self.variant.parts:
            say(f"{f'Part {part.id}: ' if len(self.variant.parts) > 1 else ''}{part.answer_text.rstrip()}")

    def _keep(self, given: Given) -> None:
        attempt = attempt_of(self.item, given)
        self._add(attempt)
        self.attempts.append(attempt)

    def _add(self, record: Record) -> None:
        self.practice.store.add(record)
        self.practice.tell(record)
