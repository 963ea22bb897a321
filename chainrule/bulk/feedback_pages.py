"""A page for each student with what a student may see: own answers, how they were read, verdicts and marks."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import Markup

from chainrule import files
from chainrule.bulk.class_fonts import ClassFonts
from chainrule.bulk.marked import Marked
from chainrule.bulk.records import Result
from chainrule.bulk.student_files import file_stem
from chainrule.judging import answer_html, evidence_text, line_views, reading_html
from chainrule.pages import BLANK, environment, percent, summary_bar
from chainrule.viewing import question_views, right_answer_html, step_views
from chainrule.views import ExampleView, GradedView, JudgedView, PartView, StepView
from chainrule.wording import LINE
from chainrule.worked import example_of, example_view, step_values
from grader.sentences import sentence
from grader.verdict import Evidence, Feedback, Outcome, Verdict

if TYPE_CHECKING:
    from chainrule.bulk.assignment import Assignment
    from chainrule.quiz import Quiz
    from questions.variant import Part, Variant

FONT = "/* font */"
READ = frozenset({"formula", "number", "integer"})  # kinds whose reading is drawn
FAULT = "Something broke on our side while judging this answer. It is kept; your instructor can have it judged again."
HEAD = 2000  # bytes in which a page says whose it is


class FeedbackPages:
    """Pages in a folder, each whole or not at all. reveal: with right answers and worked solutions."""

    def __init__(self, folder: Path, assignment: Assignment, *, reveal: bool = False) -> None:
        self._folder = folder
        self._assignment = assignment
        self._reveal = reveal
        self._written = set[str]()
        self._fonts: ClassFonts | None = None
        self._same: _Asked | None = None  # where all have the same questions

    def write(self, one: Marked) -> None:
        """Writes the page of a student who has results. Raises InputError."""
        name = f"{file_stem(one.student.id)}.html"
        self._written.add(name)
        files.write(self._folder / name, self._page(one))

    def remove_others(self) -> None:
        """Removes pages of earlier runs whose students are gone; no file of anybody else."""
        for path in self._folder.glob("*.html"):
            if path.name not in self._written and _is_ours(path):
                path.unlink(missing_ok=True)

    def _page(self, one: Marked) -> str:
        asked = self._asked(one.student.id)
        graded = asked.graded(one.results)
        total = sum(item.question.marks for item in graded)
        page = environment().get_template("feedback.html").render(
            font=FONT, policy=Markup(), title=self._assignment.title, student=one.student.name or one.student.id,
            items=graded, lost=one.problems, sat=None, earned=one.earned, total=total,
            percent=percent(one.counted, total), bar=summary_bar(graded), taken_off=one.deduction, reveal=self._reveal,
        )  # fmt: skip
        if self._fonts is None:
            self._fonts = ClassFonts(asked.shown)
        return BLANK.sub("\n", page.replace(FONT, self._fonts.face(page), 1))

    def _asked(self, student: str) -> _Asked:
        if self._same is None or self._assignment.own_numbers:
            self._same = _Asked(self._assignment.quiz_for(student), reveal=self._reveal)
        return self._same


class _Asked:
    """The questions of a quiz as views, made once."""

    def __init__(self, quiz: Quiz, *, reveal: bool) -> None:
        self._variants = quiz.items
        self._questions = question_views(quiz.items)
        if not reveal:  # with a seed, an answer can be looked up, and handed in late
            self._questions = tuple(replace(question, seed="") for question in self._questions)
        self._reveal = reveal
        self._solved = [_solution(variant) if reveal else ((), None) for variant in quiz.items]
        self._answers: dict[tuple[str, str], Markup] = {}

    @property
    def shown(self) -> str:
        """The mathematics of all that is asked."""
        parts = [part for question in self._questions for part in question.parts]
        pieces = [piece for part in parts for piece in (part.prompt, *(symbol.name for symbol in part.symbols))]
        return "".join([*pieces, *(option.text for part in parts for option in part.options)])

    def graded(self, results: tuple[Result, ...]) -> tuple[GradedView, ...]:
        found = []
        for number, group in groupby(results, key=lambda one: one.number):
            variant, question = self._variants[number - 1], self._questions[number - 1]
            by_part = {one.part: one for one in group}
            judged = tuple(
                self._judged(number, part, view, by_part[part.id])
                for part, view in zip(variant.parts, question.parts, strict=True)
                if part.id in by_part
            )
            found.append(GradedView(question, judged, *self._solved[number - 1]))
        return tuple(found)

    def _judged(self, number: int, part: Part, view: PartView, result: Result) -> JudgedView:
        verdict = _verdict(result)
        return JudgedView(
            part=view,
            answer=answer_html(result.answer, result.kind),
            reading=_reading(verdict, part),
            outcome=result.outcome,
            earned=result.earned,
            feedback=tuple(_said(result, verdict)),
            mistake=result.mistake,
            evidence=evidence_text(verdict),
            right_answer=self._right(number, part),
            lines=line_views(verdict),
        )

    def _right(self, number: int, part: Part) -> Markup:
        if not self._reveal:
            return Markup()
        place = (str(number), part.id)
        if place not in self._answers:
            self._answers[place] = right_answer_html(part)
        return self._answers[place]


def _solution(variant: Variant) -> tuple[tuple[StepView, ...], ExampleView | None]:
    numbers = example_of(variant)
    return step_views(variant.steps, step_values(variant.steps, numbers)), example_view(variant, numbers)


def _verdict(result: Result) -> Verdict | None:
    if result.outcome == "unanswered":
        return None
    return Verdict(
        Outcome(result.outcome),
        result.score,
        tuple(Feedback(code, data) for code, data in result.feedback),
        result.reading,
        Evidence(result.evidence),
        result.mistake,
        result.level,
    )


def _reading(verdict: Verdict | None, part: Part) -> Markup:
    if verdict is None or not verdict.reading or part.kind in READ:
        return reading_html(verdict, part)
    return Markup() if line_views(verdict) else Markup("{}").format(verdict.reading)


def _said(result: Result, verdict: Verdict | None) -> list[str]:
    """Sentences for the student; what broke on our side is told in general."""
    told = [result.problem] if result.problem else []
    if verdict is not None and verdict.outcome is Outcome.FAULT:
        return [*told, FAULT]
    told += [sentence(one) for one in verdict.feedback if one.code != LINE] if verdict else []
    return [*told, *result.remarks]


def _is_ours(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            head = file.read(HEAD).decode("utf-8", "replace")
    except OSError:
        return False
    return 'name="generator" content="Chainrule ' in head and " · Feedback · Chainrule</title>" in head
