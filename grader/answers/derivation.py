"""Judging a derivation: its lines, the first slip with its reason, and the marks."""

from __future__ import annotations

from collections.abc import Sequence

from grader.answers.formula import recognised, why_different
from grader.derivations.lines import Judged, Status, judged_lines
from grader.derivations.marks import Marks, marks
from grader.derivations.quantities import Quantities
from grader.derivations.typed import typed_lines
from grader.keys import DerivationKey
from grader.samples import samples
from grader.verdict import Evidence, Feedback, Outcome, Verdict, unreadable

SAYS = {
    Status.RIGHT: "right",
    Status.FOLLOWS: "follows from the slip before it, and counts",
    Status.WRONG: "wrong",
    Status.TAKEN: "a definition of your own",
    Status.UNREADABLE: "cannot be read",
    Status.UNDECIDED: "could not be decided",
}


def judge_derivation(answer: str, key: DerivationKey) -> Verdict:
    """The verdict on a derivation: a remark on each line, the first that is wrong with its reason before them.

    Lines that cannot be read leave it unreadable only where nothing else can be judged.
    """
    lines = typed_lines(answer)
    if not lines:
        return unreadable(Feedback("read.empty"))
    quantities = key.quantities
    judged = judged_lines(lines, quantities)
    readable = [line for line in judged if line.status is not Status.UNREADABLE and not _misfit(line)]
    if not readable:
        return unreadable(*judged[0].why, *map(_remark, judged))
    reading = "\n".join(line.reading for line in readable)
    if any(line.status is Status.UNDECIDED for line in judged):
        return Verdict(Outcome.UNDECIDED, 0.0, tuple(map(_remark, judged)), reading)
    earned = marks(judged, quantities)
    mistake, why = _first_slip(judged, quantities)
    feedback = (*why, *_gaps(earned, quantities), *map(_remark, judged))
    score = 1.0 if _is_right(judged, earned) else min(earned.share, 1.0)
    outcome = Outcome.RIGHT if _is_right(judged, earned) else Outcome.PARTIAL if score else Outcome.WRONG
    return Verdict(outcome, score, feedback, reading, Evidence.SAMPLED, mistake)


def _misfit(line: Judged) -> bool:
    """Whether the shapes of the line do not fit."""
    return line.status is Status.WRONG and line.got is None


def _is_right(judged: Sequence[Judged], earned: Marks) -> bool:
    fine = all(line.status in {Status.RIGHT, Status.TAKEN} for line in judged)
    return fine and earned.earned == earned.steps and not earned.missing


def _first_slip(judged: Sequence[Judged], quantities: Quantities) -> tuple[str, tuple[Feedback, ...]]:
    """The name of the declared mistake, and what is to be said about the first line that is wrong."""
    wrong = next((line for line in judged if line.status is Status.WRONG), None)
    if wrong is None:
        bad = next((line for line in judged if line.status is Status.UNREADABLE), None)
        return "", (Feedback("derivation.unreadable", {"line": bad.line.number}), *bad.why) if bad else ()
    first = _place(wrong)
    if wrong.got is None or wrong.expected is None:
        return "", (first, *wrong.why)
    known = ((m, samples(m.key, quantities.cases)) for m in quantities.key.mistakes)
    mistake = recognised(wrong.got, tuple(known))
    if mistake is not None:
        return mistake.name, (first, Feedback("mistake", {"says": mistake.says, "name": mistake.name}))
    return "", (first, _another(wrong, quantities) or why_different(wrong.got, wrong.expected))


def _place(wrong: Judged) -> Feedback:
    """Where it goes wrong."""
    data = {"line": wrong.line.number, "text": wrong.line.text}
    if wrong.link:
        before, after = wrong.line.links[wrong.link - 1 : wrong.link + 1]
        return Feedback("derivation.slip-link", {**data, "before": before, "after": after})
    if wrong.quantity is not None:
        return Feedback("derivation.slip-about", {**data, "about": wrong.quantity.called})
    return Feedback("derivation.slip", data)


def _another(wrong: Judged, quantities: Quantities) -> Feedback | None:
    """Where the line is the gradient at another place."""
    assert wrong.got is not None
    if wrong.quantity is None:
        return None
    for quantity in quantities.standing(wrong.got):
        if quantity.group != wrong.quantity.group:
            data = {"got": quantity.called, "expected": wrong.quantity.called}
            return Feedback("derivation.other-quantity", data)
    return None


def _gaps(earned: Marks, quantities: Quantities) -> tuple[Feedback, ...]:
    """What was asked for and is not there, and what was used without being derived."""
    target = quantities.key.of
    found = [Feedback("derivation.missing", {"name": f"d{target}/d{name}"}) for name in earned.missing]
    found += [Feedback("derivation.open", {"name": name}) for name in earned.open]
    return tuple(found)


def _remark(line: Judged) -> Feedback:
    """One line's status."""
    data = {"line": line.line.number, "text": line.line.text, "status": line.status.value, "says": SAYS[line.status]}
    return Feedback("derivation.line", data)
