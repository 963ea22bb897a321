"""What a check came to, and the verdict that the checks make together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from grader.checks import Check
from grader.verdict import Evidence, Feedback, Outcome, Verdict, right, wrong


@dataclass(frozen=True)
class Judged:
    """One check. share: of its marks, in [0, 1]. mistake: name of a declared one that was recognised."""

    check: Check
    share: float
    feedback: tuple[Feedback, ...] = ()
    mistake: str = ""


def passed(check: Check) -> Judged:
    """All of its marks."""
    return Judged(check, 1.0)


def failed(check: Check, *feedback: Feedback, share: float = 0.0, mistake: str = "") -> Judged:
    """Not all of its marks, and why."""
    return Judged(check, share, feedback, mistake)


def combined(judged: Sequence[Judged], *, cases: int, reading: str) -> Verdict:
    """The verdict: the score is the share of all marks; the first sentence says what each check earned."""
    total = sum(one.check.marks for one in judged)
    earned = sum(one.check.marks * one.share for one in judged)
    listed = (_marks(judged),) if len(judged) > 1 else ()
    told = (*listed, *_once(judged), *_reported(judged))
    mistake = next((one.mistake for one in judged if one.mistake), "")
    if earned >= total:
        return right(Feedback("code.right", {"cases": cases}), *told, reading=reading, evidence=Evidence.RUN)
    if earned <= 0:
        return wrong(*told, reading=reading, evidence=Evidence.RUN, mistake=mistake)
    return Verdict(Outcome.PARTIAL, earned / total, told, reading, Evidence.RUN, mistake)


def _marks(judged: Sequence[Judged]) -> Feedback:
    rows = [(one.check.name, one.share * one.check.marks, one.check.marks, one.check.outside) for one in judged]
    counted = [f"{name} {earned:.3g} of {marks:g}" for name, earned, marks, _ in rows if marks]
    checks = [{"check": n, "earned": round(e, 6), "marks": m, "outside": o} for n, e, m, o in rows]
    return Feedback("code.checks", {"listed": ", ".join(counted), "checks": checks})


def _once(judged: Sequence[Judged]) -> list[Feedback]:
    """The checks' remarks without repetitions: one slip often fails several checks."""
    told: list[Feedback] = []
    for one in judged:
        told += [feedback for feedback in one.feedback if feedback not in told]
    return told


def _reported(judged: Sequence[Judged]) -> tuple[Feedback, ...]:
    """Which checks rest on what the submission's own process reports, so that they cannot vouch for it."""
    names = [one.check.name for one in judged if not one.check.outside]
    return (Feedback("code.reported", {"names": ", ".join(names)}),) if names else ()
