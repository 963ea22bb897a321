"""What the templates of revision sheets show. As in `chainrule/views.py`, Markup is HTML and str is text.

anchor: the entry's name in the page's address, unique on the page.
"""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from chainrule.views import NOTHING, SymbolView


@dataclass(frozen=True)
class WrongView:
    """A wrong form and why it is wrong. printed: the lecture notes have it."""

    formula: Markup
    says: Markup
    printed: bool = False


@dataclass(frozen=True)
class FormulaView:
    """A formula of a revision sheet.

    text: what a student types for it. given: the equations that it builds on.
    checked: autograd, oracle, identity, simulation or definition; within: in percent, of a simulation.
    """

    name: str
    formula: Markup
    text: str
    symbols: tuple[SymbolView, ...] = ()
    given: tuple[Markup, ...] = ()
    note: Markup = NOTHING
    checked: str = "definition"
    within: str = ""
    source: str = ""
    wrong: tuple[WrongView, ...] = ()
    anchor: str = ""


@dataclass(frozen=True)
class GradientsView:
    """A row of a table of layers."""

    name: str
    forward: tuple[Markup, ...]
    backward: tuple[Markup, ...]
    symbols: tuple[SymbolView, ...]
    note: Markup
    source: str
    anchor: str


@dataclass(frozen=True)
class FactView:
    """A definition or statement in words."""

    name: str
    text: Markup
    source: str
    anchor: str


@dataclass(frozen=True)
class TableView:
    """A table; every row is as long as `columns`."""

    caption: str
    columns: tuple[Markup, ...]
    rows: tuple[tuple[Markup, ...], ...]
    source: str
    anchor: str


@dataclass(frozen=True)
class PictureView:
    """A drawing as SVG with its caption."""

    drawing: Markup
    caption: Markup


@dataclass(frozen=True)
class ErratumView:
    """What the lecture notes say, what it should be, and why."""

    printed: Markup
    right: Markup
    because: Markup


@dataclass(frozen=True)
class SectionView:
    """A section of a revision sheet. table: its formulas stand in rows. topic: whose it is, on a sheet of several."""

    title: str
    text: Markup = NOTHING
    formulas: tuple[FormulaView, ...] = ()
    table: bool = False
    gradients: tuple[GradientsView, ...] = ()
    facts: tuple[FactView, ...] = ()
    tables: tuple[TableView, ...] = ()
    pictures: tuple[PictureView, ...] = ()
    errata: tuple[ErratumView, ...] = ()
    anchor: str = ""
    topic: str = ""

    @property
    def heading(self) -> str:
        """Its title; on a sheet of several topics after that of its own."""
        return f"{self.topic}: {self.title}" if self.topic else self.title


@dataclass(frozen=True)
class SheetView:
    """The revision sheet of one topic, or of several."""

    topic: str
    title: str
    intro: Markup
    sections: tuple[SectionView, ...] = ()


@dataclass(frozen=True)
class EntryView:
    """A line of the index: its text, and where it leads."""

    text: str
    href: str


@dataclass(frozen=True)
class IndexedView:
    """One sheet in the index, with what stands on it section by section."""

    title: str
    href: str
    formulas: int
    questions: int
    sections: tuple[tuple[EntryView, tuple[EntryView, ...]], ...]


@dataclass(frozen=True)
class IndexView:
    """The index of many sheets."""

    title: str
    sheets: tuple[IndexedView, ...]
