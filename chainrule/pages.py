"""Pages as text: quiz and report, each one HTML file that asks for nothing and needs no script."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from chainrule import __version__
from chainrule.font import MATH, TAG, font_face, font_path
from chainrule.math_breaks import breaking
from chainrule.mathml import reach
from chainrule.sheet_views import FormulaView
from chainrule.views import GradedView, QuestionView, SymbolView
from chainrule.wording import BOLD
from chainrule.words import DEFAULT, words

if TYPE_CHECKING:
    from jinja2 import Environment

    from chainrule.exams.exam_views import SatView

# Beside this package, in the tree and in an installation alike; no import, so nothing can stand in its way.
TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
BLANK = re.compile(r"\n(?:[ \t]*\n)+(?=<)")  # lines that templates leave empty; code has none before a tag
# The order in the summary, with its words.
OUTCOMES = ("right", "partial", "wrong", "unreadable", "undecided", "fault", "unanswered")


@dataclass(frozen=True)
class BarPiece:
    """A stretch of the summary's bar, in percent of its width."""

    outcome: str
    start: float
    width: float
    label: str


def quiz_page(title: str, items: Sequence[QuestionView]) -> str:
    """A quiz to read on a screen or to print and write on."""
    total = sum(question.marks for question in items)
    return rendered("quiz.html", title=title, items=items, total=total, form=form_id(items))


def report_page(
    title: str, graded: Sequence[GradedView], *, lost: Sequence[str] = (), sat: SatView | None = None
) -> str:
    """A graded quiz: summary, then each part with answer, verdict, and the solution folded.

    lost: what could not be graded at all, one sentence each. sat: of an exam, what the report says beside the verdicts.
    """
    total = sum(item.question.marks for item in graded)
    earned = sum(item.earned for item in graded)
    return rendered(
        "report.html",
        title=title,
        items=graded,
        lost=lost,
        sat=sat,
        earned=earned,
        total=total,
        percent=percent(earned, total),
        bar=summary_bar(graded),
    )


def percent(earned: float, total: float) -> int:
    """The share in whole percent, rounded down: 100 stands for full marks only."""
    return int(100 * earned / total + 1e-9) if total else 0


def form_id(items: Sequence[QuestionView]) -> str:
    """Eight letters and digits that stand for exactly these questions, versions and seeds."""
    text = "\n".join(f"{item.id} {item.version} {item.seed}" for item in items)
    digest = hashlib.sha256(text.encode()).hexdigest().upper()
    return f"{digest[:4]}-{digest[4:8]}"


def summary_bar(graded: Sequence[GradedView]) -> tuple[BarPiece, ...]:
    """The outcomes that occur, as stretches of a bar as long as their share of the parts."""
    counts = Counter(part.outcome for item in graded for part in item.parts)
    pieces: list[BarPiece] = []
    start = 0.0
    for outcome in OUTCOMES:
        if counts[outcome]:
            width = 100 * counts[outcome] / counts.total()
            # A hair's breadth stays free, so that neighbours are told apart without their colours.
            pieces.append(BarPiece(outcome, round(start, 3), round(width - 0.4, 3), f"{counts[outcome]} {outcome}"))
            start += width
    return tuple(pieces)


def rendered(template: str, *, language: str = DEFAULT, policy: str = "", **values: Any) -> str:
    """The template filled twice: the second time with the font cut to what the first one drew.

    policy: what the page's security policy allows beside its style, such as the hash of a script.
    """
    page = environment(language).get_template(template)
    values |= {"policy": Markup(policy)}
    font = font_face(page.render(font="", **values), font_path())
    return BLANK.sub("\n", page.render(font=font, **values))


def stylesheet(name: str = "style.css") -> str:
    """A stylesheet without its comments and without the blanks that only an author needs."""
    text = (TEMPLATES / name).read_text(encoding="utf-8")
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    return re.sub(r"\s*\n\s*|(?<=[{};]) | (?=[{}])|(?<=: )\s+", "", text)


@cache
def environment(language: str = DEFAULT) -> Environment:
    """What templates of files are made in."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    found = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    add_to(found, language)
    found.globals |= {"style": Markup(stylesheet()), "web": False}
    return found


def add_to(environment: Environment, language: str = DEFAULT) -> None:
    """Gives an environment the words and the filters that the templates use."""
    environment.globals |= {"w": words(language), "language": language, "release": __version__}
    environment.filters["number"] = number_text
    environment.filters["marks"] = marks_text
    environment.filters["shared_symbols"] = shared_symbols
    environment.filters["reach"] = reach
    environment.filters["in_words"] = in_words
    environment.filters["breaking"] = breaking
    environment.filters["coded"] = coded


def coded(says: str) -> Markup:
    """The sentence with what stands between backquotes as code, and what is emphasised as such."""
    pieces = says.split("`")
    if len(pieces) % 2 == 0:  # one of them is alone, and means itself
        pieces[-2:] = ["`".join(pieces[-2:])]
    return Markup("").join(
        Markup("<code>{}</code>").format(piece)
        if i % 2
        else Markup(BOLD.sub(r"<strong>\1</strong>", str(escape(piece))))
        for i, piece in enumerate(pieces)
    )


def number_text(value: float) -> str:
    """The number with at most two decimals, none where it is whole."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def marks_text(value: float) -> str:
    """The number with its unit: "1 mark", "2.5 marks"."""
    return f"{number_text(value)} {'mark' if value == 1 else 'marks'}"


def shared_symbols(entries: Sequence[FormulaView]) -> tuple[SymbolView, ...]:
    """The symbols of all the formulas of a table, each once."""
    return tuple({row.name: row for entry in entries for row in entry.symbols}.values())


def in_words(cell: Markup) -> bool:
    """Whether there is more in the cell than mathematics: a head of a row is to be read aloud."""
    return bool(TAG.sub("", MATH.sub("", cell)).strip())
