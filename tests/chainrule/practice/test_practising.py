"""Practice: what is asked and answered is kept before its verdict is shown; another one, a dispute, a way out."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import pytest
from scripted import Kept, Scripted

from chainrule.asking import Session
from chainrule.dialogue import Given
from chainrule.grading import Grader
from chainrule.practising import Done, Next, Practice, Practised
from chainrule.recording import variant_of, verdict_of
from chainrule.store.records import Appeal, Attempt, Item, Judged, Record
from grader.errors import AuthorError
from grader.keys import Key, NumberKey
from grader.verdict import Outcome, Verdict
from questions.prose import Prose
from questions.variant import Part, Variant

TWO = NumberKey(Fraction(2), None)


def broken() -> Key:
    raise AuthorError("solutions/none.py: there is no function 'f'")


@dataclass
class SmallFamily:
    id: str

    def draw(self, seed: int) -> Variant:
        parts = tuple(Part(id, Prose([f"Part {id}?"]), 1.0, "number", lambda: TWO) for id in self.id.partition(".")[2])
        return Variant(self.id, "v1", seed, {"n": Fraction(7)}, f"Title of {self.id}", 1, "a book", parts)


class SmallBank:
    def family(self, id: str) -> SmallFamily:
        if id.startswith("gone"):
            raise AuthorError(f"there is no question {id!r}")
        return SmallFamily(id)


@dataclass
class Fixed:
    """Asks these families, whatever happens."""

    families: tuple[str, ...]
    asked: int = 0

    def next(self, done: Sequence[Done]) -> Next | None:
        if self.asked == len(self.families):
            return None
        self.asked += 1
        return Next(self.families[self.asked - 1], "due")


class Watching(Scripted):
    """Notes how much was kept when each line was said."""

    store: Kept

    def say(self, text: str, style: str = "") -> None:
        super().say(text, style)
        if text.startswith(("Right", "Wrong")):
            assert isinstance(self.store.records[-1], Attempt)


@pytest.fixture(scope="module")
def grader() -> Iterator[Grader]:
    with Grader() as found:
        yield found


def practise(
    grader: Grader, families: Sequence[str], *lines: str | type[BaseException]
) -> tuple[Practised, Kept, Watching]:
    store, dialogue, told = Kept(), Watching(lines), Kept()
    dialogue.store = store
    practice = Practice(SmallBank(), store, dialogue, grader, random.Random(3), tell=told.add)  # type: ignore[arg-type]
    practised = practice.run(Fixed(tuple(families)))
    assert told.records == store.records
    return practised, store, dialogue


def kinds(records: Sequence[Record]) -> list[str]:
    return [type(record).__name__ for record in records]


def test_items_and_attempts_are_kept_in_order(grader: Grader) -> None:
    practised, store, dialogue = practise(grader, ["t.ab", "t.a"], "3", "2", "2", "", "2", "")
    assert kinds(store.records) == ["Item", "Attempt", "Attempt", "Attempt", "Item", "Attempt"]
    assert not practised.ended
    assert [done.score for done in practised.done] == [0.5, 1.0]  # the first answer to a part counts
    assert dialogue.heard("t.ab, level 1, due")


def test_another_one_like_this_has_other_values(grader: Grader) -> None:
    _, store, _ = practise(grader, ["t.a"], "2", "a", "2", "")
    first, second = (record for record in store.records if isinstance(record, Item))
    assert first.family == second.family
    assert first.seed != second.seed


@pytest.mark.parametrize(("end", "interrupted"), [("q", False), (EOFError, False), (KeyboardInterrupt, True)])
def test_leaving_keeps_what_was_answered(grader: Grader, end: str | type[BaseException], interrupted: bool) -> None:
    practised, store, _ = practise(grader, ["t.ab", "t.a"], "2", end)
    assert kinds(store.records) == ["Item", "Attempt"]
    assert (practised.ended, practised.interrupted) == (True, interrupted)
    assert len(practised.done) == 1


def test_a_dispute_names_the_attempt_it_is_about(grader: Grader) -> None:
    _, store, dialogue = practise(grader, ["t.a"], "d", "3", "d", "s", "d", "")
    attempt, *appeals = (record for record in store.records if not isinstance(record, Item))
    assert isinstance(attempt, Attempt)
    assert [appeal.attempt for appeal in appeals if isinstance(appeal, Appeal)] == [attempt.id]
    assert dialogue.heard("verdict: 3. `chainrule appeals` lists it")
    assert dialogue.heard("It is kept already.")


def test_a_dispute_at_the_end_finds_the_part_that_was_not_right(grader: Grader) -> None:
    _, store, dialogue = practise(grader, ["t.ab"], "3", "s", "2", "d", "d", "")
    wrong = next(record for record in store.records if isinstance(record, Attempt))
    assert [record.attempt for record in store.records if isinstance(record, Appeal)] == [wrong.id]
    assert dialogue.heard("verdict: 3 to part a.")


def test_the_time_of_judging_is_not_the_learners(monkeypatch: pytest.MonkeyPatch) -> None:
    time = [0.0]

    class Slow(Judge):
        def grade(self, part: Part, answer: str) -> Verdict:
            time[0] += 60
            return super().grade(part, answer)

    monkeypatch.setattr("chainrule.asking_part.monotonic", lambda: time[0])
    _, store, _ = practise(Slow(), ["t.a"], "3", "s", "")
    assert [record.seconds for record in store.records if isinstance(record, Attempt)] == [0.0]


def test_a_command_within_a_derivation_is_no_line_of_it(grader: Grader) -> None:
    variant = SmallFamily("t.a").draw(1)
    part = replace(variant.parts[0], kind="derivation")
    given: list[Given] = []
    dialogue = Scripted(["x = 1", "h", "y = 2", "", "s"])
    Session(dialogue, each=given.append, grader=Judge()).ask((1, "a"), variant, part)
    assert [one.answer for one in given] == ["x = 1\ny = 2"]
    assert dialogue.heard("h comes after the answer")


class Judge(Grader):
    """Finds everything wrong."""

    def __init__(self) -> None: ...

    def expect(self, parts: Iterable[Part]) -> None: ...

    def grade(self, part: Part, answer: str) -> Verdict:
        return Verdict(Outcome.WRONG, 0.0)


def test_a_right_answer_cannot_be_disputed(grader: Grader) -> None:
    _, store, dialogue = practise(grader, ["t.a"], "2", "d", "")
    assert kinds(store.records) == ["Item", "Attempt"]
    assert dialogue.heard("There is no answer here that was not right.")


def test_a_question_that_is_gone_is_left_out(grader: Grader) -> None:
    practised, store, dialogue = practise(grader, ["gone.a", "t.a"], "2", "w", "?", "x", "")
    assert kinds(store.records) == ["Item", "Attempt"]
    assert dialogue.heard("gone.a is left out")
    assert dialogue.heard("This question has no worked steps.")
    assert dialogue.heard("'x' is no key here.")
    assert len(practised.done) == 1


def test_stored_records_give_verdict_and_variant_again(grader: Grader) -> None:
    _, store, _ = practise(grader, ["t.a"], "3", "s", "")
    item, attempt = store.records
    assert isinstance(item, Item)
    assert isinstance(attempt, Attempt)
    judged = Judged(item, attempt, attempt.outcome, attempt.score, attempt.mistake, attempt.feedback)
    assert verdict_of(judged).outcome == "wrong"
    again = variant_of(item, SmallBank())  # type: ignore[arg-type]
    assert again is not None
    assert again.seed == item.seed
    changed = Item(item.family, "v0", item.seed, "other values", "practice")
    assert variant_of(changed, SmallBank()) is None  # type: ignore[arg-type]
