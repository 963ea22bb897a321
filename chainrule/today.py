"""What to practise today, and where a learner stands, in one line: what terminal and pages say alike."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from chainrule.dates import days_text
from chainrule.schedule.exam_day import before_exam
from chainrule.wording import counted

if TYPE_CHECKING:
    from chainrule.schedule.plan import Day
    from chainrule.schedule.planned import Planned
    from chainrule.standing import Standing

USUAL_LENGTH = 20.0  # minutes of a session
LEAST_LENGTH = 10.0


def planned(
    stand: Standing, minutes: float | None = None, topics: Sequence[str] = (), seed: int = 0
) -> tuple[tuple[Planned, ...], float]:
    """What to ask, and for how many minutes: what the plan of an exam says, else what is due and new.

    minutes: None for what is usual, or what the plan leaves of today. topics: these only.
    """
    plan = stand.plan(seed)
    if plan is not None and not topics and (minutes is None or plan.today):
        length = minutes or max(plan.target - plan.practised, LEAST_LENGTH)
        return plan.today or stand.queue(length, topics, seed), length
    length = minutes or USUAL_LENGTH
    return stand.queue(length, topics, seed), length


def seen_and_due(stand: Standing) -> tuple[int, int]:
    """How many families of the bank were seen, and how many of these are due now."""
    seen = [stand.cards[one.family] for one in stand.families if one.family in stand.cards]
    return len(seen), sum(before_exam(card, stand.exam, stand.at).due <= stand.at for card in seen)


def where_text(stand: Standing) -> str:
    """One line on where the learner stands."""
    seen, due = seen_and_due(stand)
    text = f"{counted(len(stand.families), 'question')}, {seen} seen, {due} due."
    day = stand.today()
    if day is None:
        return f"Exam today. {text}" if is_exam_day(stand) else text
    return f"Exam {days_text(day.days)}. {day_text(day, stand.minutes_a_day)} {text}"


def is_exam_day(stand: Standing) -> bool:
    """Whether the exam is today, also when it has begun."""
    return stand.exam is not None and stand.exam.date() == stand.at.date()


def day_text(day: Day, minutes_a_day: float) -> str:
    """What is done of today, and what the days before today should have had and did not."""
    done = f"Today {day.practised:.0f} of {day.target:.0f} minutes"
    behind = day.behind - max(0.0, minutes_a_day - day.practised)
    return f"{done}; {behind:.0f} minutes behind the plan." if behind >= 1 else f"{done}."
