"""Revision sheets: what a topic comes to, and one question of each of its families worked through."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from markupsafe import Markup

from chainrule.judging import worked_view
from chainrule.quiz import unknown
from chainrule.sheet_pages import ASKING, cheat_page, paper_page, sheet_page
from chainrule.sheet_viewing import Anchors, sheet_view
from chainrule.sheet_views import SheetView
from chainrule.views import WorkedView
from chainrule.words import DEFAULT, words
from grader.errors import AuthorError

if TYPE_CHECKING:
    from questions.bank import Bank
    from questions.sheet_entries import Sheet

SEED = 0  # of the questions worked through


@dataclass(frozen=True)
class Choice:
    """What a sheet is to hold. topics: () for all. levels: of its questions, () for all.

    compact: without questions, in two columns. link_base: address of a server that "try it" leads to; asking: the
    command that it shows without one.
    """

    topics: tuple[str, ...] = ()
    levels: tuple[int, ...] = ()
    seed: int = SEED
    compact: bool = False
    link_base: str = ""
    language: str = DEFAULT
    asking: str = ASKING


@dataclass(frozen=True)
class Made:
    """A sheet ready to be printed, as views."""

    sheet: SheetView
    worked: tuple[WorkedView, ...]
    choice: Choice

    def html(self) -> str:
        """The sheet as one page."""
        choice = self.choice
        if choice.compact:
            return cheat_page(self.sheet, language=choice.language)
        return sheet_page(
            self.sheet, self.worked, link_base=choice.link_base, asking=choice.asking, language=choice.language
        )

    def paper(self, *, key: bool = False) -> str:
        """Its questions alone, or (key) their solutions."""
        return paper_page(self.sheet.title, self.worked, key=key, language=self.choice.language)


def make_sheet(bank: Bank, sheets: Mapping[str, Sheet], choice: Choice) -> Made:
    """The sheet of the chosen topics. Raises AuthorError for an unknown topic or language."""
    known = words(choice.language)
    chosen = chosen_topics(bank, sheets, choice)
    worked = _worked(bank, [id for _, ids in chosen.values() for id in ids], choice)
    anchors = Anchors()
    anchors.reserve("main", "worked-questions", "contents-title")
    anchors.reserve(*(f"question-{item.question.number}" for item in worked))
    views = [_view(topic, title, sheets.get(topic), anchors) for topic, (title, _) in chosen.items()]
    title = ", ".join(view.title for view in views) if choice.topics else known["all_topics"]
    return Made(views[0] if len(views) == 1 else _together(views, title), worked, choice)


def chosen_topics(bank: Bank, sheets: Mapping[str, Sheet], choice: Choice) -> dict[str, tuple[str, list[str]]]:
    """Topic -> (title, ids of its families), each once. Raises AuthorError for one without questions and sheet."""
    known = bank.topics()
    known |= {topic: (sheet.title, []) for topic, sheet in sheets.items() if topic not in known}
    if not known:
        raise AuthorError("the bank has neither questions nor sheets")
    for topic in choice.topics:
        if topic not in known:
            raise AuthorError(unknown("topic", topic, list(known)))
    return {topic: known[topic] for topic in choice.topics or known}


def sheet_html(bank: Bank, sheets: Mapping[str, Sheet], topic: str | None = None, *, seed: int = SEED) -> str:
    """The revision sheet of one topic, or of all, as one HTML page. Raises AuthorError for an unknown topic."""
    return make_sheet(bank, sheets, Choice(() if topic is None else (topic,), seed=seed)).html()


def _worked(bank: Bank, ids: Sequence[str], choice: Choice) -> tuple[WorkedView, ...]:
    if choice.compact:
        return ()
    families = [bank.family(id) for id in ids]
    asked = [family for family in families if not choice.levels or family.level in choice.levels]
    return tuple(worked_view(number, family.draw(choice.seed)) for number, family in enumerate(asked, start=1))


def _together(views: Sequence[SheetView], title: str) -> SheetView:
    """One sheet of several topics; each section says whose it is, and the first of a topic begins with its intro."""
    sections = tuple(
        replace(section, topic=view.title, text=section.text if number else view.intro + section.text)
        for view in views
        for number, section in enumerate(view.sections)
    )
    return SheetView(", ".join(view.topic for view in views), title, Markup(), sections)


def _view(topic: str, title: str, sheet: Sheet | None, anchors: Anchors) -> SheetView:
    """The topic's sheet; a topic without one has its worked questions only."""
    return SheetView(topic, title, Markup()) if sheet is None else sheet_view(sheet, anchors)
