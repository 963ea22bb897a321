"""Views of verdicts and of worked questions: what reports and revision sheets show beside the questions."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from chainrule.highlight import highlighted
from chainrule.markdown import inline_html
from chainrule.mathml import formula_html
from chainrule.viewing import key_of, part_view, question_view, right_answer_html, step_views
from chainrule.views import GradedView, JudgedView, LineView, MistakeView, SolvedPartView, WorkedView
from chainrule.wording import LINE, MARKS
from chainrule.worked import example_of, example_view, step_values
from grader.errors import LearnerError
from grader.keys import ChoiceKey, CodeKey, DerivationKey, FormulaKey, Mistake, NumberKey, ShapeKey, StatementsKey
from grader.sentences import sentence
from grader.verdict import Evidence
from questions.answer_text import number_text

if TYPE_CHECKING:
    from chainrule.grading import GradedPart
    from grader.formula.symbols import Scope
    from grader.verdict import Verdict
    from questions.variant import Part, Variant

EVIDENCE = {
    Evidence.PROVED: "Proved: compared exactly; formulas symbolically, at small explicit sizes.",
    Evidence.SAMPLED: "Sampled: compared with the key at randomly drawn points.",
    Evidence.RUN: "Run: the code was executed and its results compared.",
    Evidence.NONE: "",
}


def graded_views(parts: Sequence[GradedPart]) -> tuple[GradedView, ...]:
    """The graded parts of a quiz, gathered by question."""
    return tuple(_graded(list(group)) for _, group in groupby(parts, key=lambda part: part.number))


def _graded(parts: Sequence[GradedPart]) -> GradedView:
    first = parts[0]
    question = question_view(first.number, first.variant)
    judged = tuple(judged_view(part, letter=view.letter) for part, view in zip(parts, question.parts, strict=True))
    numbers = example_of(first.variant)
    steps = step_views(first.variant.steps, step_values(first.variant.steps, numbers))
    return GradedView(question, judged, steps, example_view(first.variant, numbers))


def judged_view(graded: GradedPart, *, letter: str = "") -> JudgedView:
    """One answered part with its verdict; a part without an answer has neither reading nor feedback."""
    verdict = graded.verdict
    return JudgedView(
        part=part_view(graded.part, letter),
        answer=answer_html(graded.answer, graded.part.kind),
        reading=reading_html(verdict, graded.part),
        outcome=graded.outcome,
        earned=graded.earned,
        feedback=tuple(sentence(f) for f in verdict.feedback if f.code != LINE) if verdict else (),
        lines=line_views(verdict),
        mistake=verdict.mistake if verdict else "",
        evidence=evidence_text(verdict),
        right_answer=right_answer_html(graded.part),
    )


def line_views(verdict: Verdict | None) -> tuple[LineView, ...]:
    """The lines of a derivation with what each was found to be."""
    judged = [f.data for f in verdict.feedback if f.code == LINE] if verdict else []
    return tuple(LineView(d["line"], d["text"], d["status"], MARKS[d["status"]], d["says"]) for d in judged)


def answer_html(answer: str, kind: str) -> Markup:
    """The answer as typed; code is highlighted."""
    if not answer.strip():
        return Markup()
    if kind == "code":
        return highlighted(answer)
    return Markup('<span class="typed-answer">{}</span>').format(answer)


def reading_html(verdict: Verdict | None, part: Part) -> Markup:
    """How the answer was understood, drawn where it is a formula."""
    if verdict is None or not verdict.reading or line_views(verdict):
        return Markup()
    match key_of(part):
        case FormulaKey(scope=scope) | NumberKey(scope=scope):
            return _formula_or_text(verdict.reading, scope)
    return Markup("{}").format(verdict.reading)


def _formula_or_text(text: str, scope: Scope) -> Markup:
    from grader.formula import read

    try:
        return formula_html(read(text, scope), display=True)
    except LearnerError:  # the reading is in words
        return Markup("{}").format(text)


def evidence_text(verdict: Verdict | None) -> str:
    """What the verdict rests on, in one or two sentences."""
    if verdict is None:
        return ""
    level = f" Confinement: {verdict.level}." if verdict.level else ""
    return EVIDENCE[verdict.evidence] + level


def worked_view(number: int, variant: Variant) -> WorkedView:
    """A question with answers, steps, hints and typical mistakes. number: tells the questions of a sheet apart."""
    question = question_view(number, variant)
    parts = tuple(
        SolvedPartView(view, right_answer_html(part), mistake_views(part))
        for part, view in zip(variant.parts, question.parts, strict=True)
    )
    hints = tuple(inline_html(hint) for hint in variant.hints)
    numbers = example_of(variant)
    steps = step_views(variant.steps, step_values(variant.steps, numbers))
    return WorkedView(question, parts, steps, hints, example_view(variant, numbers))


def mistake_views(part: Part) -> tuple[MistakeView, ...]:
    """The typical wrong answers and their sentences; of a wrong option its letter."""
    match key_of(part):
        case ChoiceKey(options=options) | StatementsKey(options=options):
            wrong = [option for option in options if option.says and not option.right]
            return tuple(MistakeView(option.name, _letter(option.label), option.says) for option in wrong)
        case DerivationKey(mistakes=lines):
            return tuple(_in_words(m, m.typed) for m in lines)
        case FormulaKey(mistakes=formulas):
            return tuple(MistakeView(m.name, formula_html(m.key), m.says) for m in formulas)
        case NumberKey(mistakes=numbers, digits=digits):
            return tuple(_in_words(m, number_text(m.key, digits)) for m in numbers)
        case ShapeKey(mistakes=shapes):
            return tuple(_in_words(m, str(m.key)) for m in shapes)
        case CodeKey(mistakes=codes):
            return tuple(_in_words(m, m.name) for m in codes)
    return ()


def _letter(label: str) -> Markup:
    return Markup("<b>{}</b>").format(label)


def _in_words(mistake: Mistake[Any], answer: str) -> MistakeView:
    return MistakeView(mistake.name, Markup("{}").format(answer), mistake.says)
