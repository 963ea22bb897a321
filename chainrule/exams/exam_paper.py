"""A form on paper: the questions to write on, and the key to mark them by, under the same label."""

from __future__ import annotations

from collections.abc import Callable
from string import ascii_uppercase
from typing import TYPE_CHECKING

from markupsafe import Markup

from chainrule.exams.blueprint_schema import Blueprint
from chainrule.exams.exam_views import PaperView, SectionView
from chainrule.exams.form import Form
from chainrule.judging import worked_view
from chainrule.markdown import prose_html
from chainrule.pages import number_text, rendered
from chainrule.viewing import question_view
from chainrule.views import SolvedPartView, WorkedView
from chainrule.words import DEFAULT, words

if TYPE_CHECKING:
    from questions.variant import Variant


def exam_paper(form: Form, *, extra: float = 1.0, language: str = DEFAULT) -> str:
    """The questions as one HTML page to print; neither families nor seeds stand on it.

    extra: factor of the minutes, for those who are given more time.
    """
    return _page(form, extra, language, key=False)


def exam_key(form: Form, *, language: str = DEFAULT) -> str:
    """The answers to the same form: right answers, worked steps and typical mistakes, with families and seeds."""
    return _page(form, 1.0, language, key=True)


def _page(form: Form, extra: float, language: str, *, key: bool) -> str:
    paper = paper_view(form, key=key, extra=extra, language=language)
    return rendered("exam_paper.html", language=language, title=paper.title, paper=paper, key=key)


def paper_view(form: Form, *, key: bool = False, extra: float = 1.0, language: str = DEFAULT) -> PaperView:
    """What paper or key show of the form; only the key has answers in it."""
    known, blueprint = words(language), form.blueprint
    minutes = blueprint.minutes * extra
    return PaperView(
        title=form.title,
        form=form.id,
        minutes=known["minutes"].replace("{count}", number_text(minutes)) if minutes else "",
        student=form.student,
        instructions=_prose(blueprint.instructions),
        grades=_grades(blueprint, known["grade_from"]),
        sections=tuple(
            _section(form, i, worked_view if key else _asked)
            for i in range(len(blueprint.sections))
            if form.of_section(i)
        ),
    )


def _section(form: Form, index: int, view: Callable[[int, Variant], WorkedView]) -> SectionView:
    section = form.blueprint.sections[index]
    letter = f"{ascii_uppercase[index]}. " if 1 < len(form.blueprint.sections) <= len(ascii_uppercase) else ""
    items = tuple(view(item.number, item.variant) for item in form.of_section(index))
    return SectionView(f"{letter}{section.title}", f"section-{index + 1}", _prose(section.instructions), items)


def _asked(number: int, variant: Variant) -> WorkedView:
    """The question alone: no key is computed for it."""
    question = question_view(number, variant)
    return WorkedView(question, tuple(SolvedPartView(part, Markup()) for part in question.parts))


def _grades(blueprint: Blueprint, text: str) -> tuple[str, ...]:
    """`A from 85 %`, the best first."""
    best_first = sorted(blueprint.grades.items(), key=lambda entry: -entry[1])
    return tuple(
        text.replace("{grade}", grade).replace("{percent}", number_text(begins)) for grade, begins in best_first
    )


def _prose(text: str) -> Markup:
    return prose_html([text]) if text.strip() else Markup()
