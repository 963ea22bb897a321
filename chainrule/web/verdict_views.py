"""A verdict as pages show it: what was typed with the place marked, how it was read, and why it is so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from markupsafe import Markup

from chainrule.judging import answer_html, evidence_text, line_views, reading_html
from chainrule.pages import coded
from chainrule.viewing import option_html
from chainrule.views import NOTHING, LineView
from chainrule.wording import LINE
from grader.answers.labels import read_labels
from grader.errors import LearnerError
from grader.keys import Option
from grader.sentences import sentence
from grader.verdict import Outcome

if TYPE_CHECKING:
    from chainrule.store.appealed import Appealed
    from chainrule.web.answered import Answered
    from grader.verdict import Verdict
    from questions.variant import Part

TITLES = {
    Outcome.RIGHT: "Right",
    Outcome.PARTIAL: "Partly right",
    Outcome.WRONG: "Not right",
    Outcome.UNREADABLE: "Cannot be read",
    Outcome.UNDECIDED: "Could not be decided",
    Outcome.FAULT: "Our fault",
}
READ = frozenset({"formula", "number", "integer"})  # kinds whose reading is a formula; a key of code would take a run
AROUND = 120  # letters that are shown before and after a marked place


@dataclass(frozen=True)
class Marked:
    """A text with a place in it."""

    before: str
    place: str
    after: str


@dataclass(frozen=True)
class VerdictView:
    """title: the outcome in words. counts: whether it was judged, so that it counts. marks: of the part.

    marked: what was typed with the place that cannot be read; else None. may_appeal: it is not right, and not kept yet.
    """

    id: str
    outcome: str
    title: str
    counts: bool
    earned: float
    marks: float
    at: datetime
    answer: Markup
    marked: Marked | None = None
    reading: Markup = NOTHING
    lines: tuple[LineView, ...] = ()
    says: tuple[Markup, ...] = ()
    evidence: str = ""
    regraded: bool = False
    appeal: Appealed | None = None
    may_appeal: bool = False


def verdict_view(answered: Answered, part: Part, *, brief: bool = False) -> VerdictView:
    """How a judged answer to the part is shown. brief: without its reading, which takes a while to draw."""
    verdict = answered.verdict
    assert verdict is not None
    lines = line_views(verdict)
    return VerdictView(
        id=answered.id,
        outcome=verdict.outcome.value,
        title=TITLES[verdict.outcome],
        counts=verdict.outcome.costs_attempt,
        earned=verdict.score * part.marks,
        marks=part.marks,
        at=answered.at,
        answer=_answer(answered.text, part),
        marked=_marked(verdict),
        reading=NOTHING if brief else _reading(verdict, part),
        lines=lines,
        says=tuple(coded(sentence(one)) for one in verdict.feedback if one.code != LINE),
        evidence="" if part.choices else evidence_text(verdict),  # how letters are compared is plain
        regraded=answered.regraded,
        appeal=answered.appeal,
        may_appeal=answered.kept and answered.appeal is None and verdict.outcome is not Outcome.RIGHT,
    )


def _answer(text: str, part: Part) -> Markup:
    """As typed; of letters the lines that they stand for."""
    if part.choices:
        options = [Option(label, words.text(), right=False) for label, words in part.choices]
        try:
            labels = read_labels(text, options)
        except LearnerError:
            labels = ()
        if labels and set(labels) <= dict(part.choices).keys():
            return Markup("").join(Markup("<p>{}</p>").format(option_html(part, label)) for label in labels)
    return answer_html(text, part.kind)


def _reading(verdict: Verdict, part: Part) -> Markup:
    return reading_html(verdict, part) if part.kind in READ else NOTHING


def _marked(verdict: Verdict) -> Marked | None:
    """What was typed around the place that is not understood; None where no place is known."""
    for one in verdict.feedback:
        match one.data:
            case {"text": str(text), "start": int(start), "end": int(end)} if 0 <= start <= end <= len(text):
                first, last = max(0, start - AROUND), min(len(text), end + AROUND)
                before = ("…" if first else "") + text[first:start]
                place = text[start:end] if end - start <= 2 * AROUND else text[start : start + AROUND] + "…"
                return Marked(before, place, text[end:last] + ("…" if last < len(text) else ""))
    return None
