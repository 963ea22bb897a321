"""A quiz on paper as PDF, and the key to mark it by, under the same label."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import Markup

from chainrule.exams.exam_views import PaperView, SectionView
from chainrule.files import InputError
from chainrule.judging import worked_view
from chainrule.pages import form_id, rendered
from chainrule.publishing.written import Settings, Written, key_path
from chainrule.viewing import question_view
from chainrule.views import SolvedPartView, WorkedView

if TYPE_CHECKING:
    from chainrule.publishing.chosen import Chosen
    from questions.variant import Variant

WHEN = re.compile(rb"(?<=Date \(D:)\d{14}(?=[+Z-])")


def write(settings: Settings, chosen: Chosen | None) -> Written:
    """Writes paper and key. Raises InputError where no browser can print them."""
    from chainrule.pdf import BROWSERS, NoPdf, find_browser

    assert chosen is not None
    program = find_browser()
    if program is None:
        raise InputError(f"PDF is printed with Chromium, and none of {', '.join(BROWSERS)} is on the PATH")
    try:
        paths = (settings.out, key_path(settings.out))
        for path, key in zip(paths, (False, True), strict=True):
            _print(paper_html(chosen, key=key), path, program)
    except NoPdf as error:
        raise InputError(str(error)) from None
    return Written(paths, len(chosen.quiz.items))


def paper_html(chosen: Chosen, *, key: bool) -> str:
    """The page that is printed: neither families nor seeds stand on the paper, both stand on the key."""
    questions = [question_view(number, variant) for number, variant in enumerate(chosen.quiz.items, start=1)]
    view = worked_view if key else _asked
    items = tuple(view(number, variant) for number, variant in enumerate(chosen.quiz.items, start=1))
    title = chosen.quiz.title
    paper = PaperView(
        title=title,
        form=form_id(questions),
        minutes="",
        student="",
        instructions=Markup(),
        grades=(),
        sections=(SectionView(title, "section-1", Markup(), items),),
    )
    return rendered("exam_paper.html", title=title, paper=paper, key=key)


def _asked(number: int, variant: Variant) -> WorkedView:
    """The question alone: no key is computed for it."""
    question = question_view(number, variant)
    return WorkedView(question, tuple(SolvedPartView(part, Markup()) for part in question.parts))


def _print(page: str, path: Path, program: str) -> None:
    """Prints the page; the time of printing is taken out, so that the same quiz gives the same bytes."""
    from chainrule import files
    from chainrule.pdf import print_pdf

    with tempfile.TemporaryDirectory(prefix="chainrule-") as folder:
        html, made = Path(folder) / "page.html", Path(folder) / "page.pdf"
        html.write_text(page, encoding="utf-8")
        print_pdf(html, made, program=program)
        files.write(path, WHEN.sub(b"19800101000000", made.read_bytes()))
