"""Reading revision sheets: what a topic comes to. One file a topic, `sheets/<topic>.yaml`."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from questions.bank import SHEETS, shipped_folder, shown_path
from questions.context import Context, make_context, parsed
from questions.document import Document
from questions.document import Path as Place
from questions.draws import Drawn
from questions.faults import Fault, FaultError
from questions.prose import Prose
from questions.references import call
from questions.schema_symbols import Symbols
from questions.sheet_entries import (
    Erratum,
    Fact,
    Gradients,
    Origin,
    Picture,
    Section,
    Sheet,
    SheetFormula,
    Table,
    Wrong,
)
from questions.sheet_gradients import derived
from questions.sheet_schema import (
    ErratumSpec,
    FactSpec,
    FormulaSpec,
    GradientsSpec,
    PictureSpec,
    SectionSpec,
    SheetSpec,
    TableSpec,
)
from questions.strict_yaml import load
from questions.validation import validated

if TYPE_CHECKING:
    from solutions.drawings import Drawing


def load_sheets(
    folders: Sequence[Path] | None = None, topics: Collection[str] = ()
) -> tuple[dict[str, Sheet], tuple[Fault, ...]]:
    """The sheets under `folders` (each `sheets/<topic>.yaml`) by topic, and the faults of those that are wrong.

    topics: the only ones to read, () for all.
    """
    sheets: dict[str, Sheet] = {}
    faults: list[Fault] = []
    for folder in folders if folders is not None else [shipped_folder()]:
        for path in sorted((Path(folder) / SHEETS).glob("*.yaml")):
            if topics and path.stem not in topics:
                continue
            try:
                sheet = read_sheet(path)
            except FaultError as error:
                faults += error.faults
                continue
            if sheet.topic in sheets:
                message = f"the sheet {sheet.topic} is taken by {sheets[sheet.topic].file}; join the two files"
                faults.append(Fault(sheet.file, 0, 0, message))
            else:
                sheets[sheet.topic] = sheet
    return sheets, tuple(faults)


def read_sheet(path: Path) -> Sheet:
    """The sheet in a file. Raises `FaultError`, which names file, line and column."""
    file = shown_path(path)
    try:
        document = load(path.read_text(encoding="utf-8"), file)
    except (OSError, UnicodeDecodeError) as error:
        raise FaultError([Fault(file, 0, 0, f"cannot be read as UTF-8 text: {error}")]) from None
    spec = validated(SheetSpec, document)
    reader = _Reader(document, {})
    sections = tuple(reader.section(section, ("sections", i)) for i, section in enumerate(spec.sections))
    return Sheet(path.stem, spec.title, reader.prose(spec.intro, ("intro",)), sections, file)


class _Reader:
    """Reads the entries of one file. shared: symbols of the section, which an entry's own ones replace."""

    def __init__(self, document: Document, shared: Symbols) -> None:
        self.document = document
        self.shared = shared

    def section(self, spec: SectionSpec, path: Place) -> Section:
        reader = _Reader(self.document, spec.symbols)
        return Section(
            title=spec.title,
            text=reader.prose(spec.text, (*path, "text")),
            table=spec.layout == "table",
            formulas=tuple(reader.formula(one, (*path, "formulas", i)) for i, one in enumerate(spec.formulas)),
            gradients=tuple(reader.gradients(one, (*path, "gradients", i)) for i, one in enumerate(spec.gradients)),
            facts=tuple(reader.fact(one, (*path, "facts", i)) for i, one in enumerate(spec.facts)),
            tables=tuple(reader.table(one, (*path, "tables", i)) for i, one in enumerate(spec.tables)),
            pictures=tuple(reader.picture(one, (*path, "pictures", i)) for i, one in enumerate(spec.pictures)),
            errata=tuple(reader.erratum(one, (*path, "errata", i)) for i, one in enumerate(spec.errata)),
        )

    def prose(self, text: str, path: Place, symbols: Symbols | None = None) -> Prose:
        """A text of the file; '' is no text."""
        return self._said(self._context(symbols or {}), text, path)

    def formula(self, spec: FormulaSpec, path: Place) -> SheetFormula:
        context = self._context(spec.symbols, spec.forward or "", path)
        if spec.forward is not None:
            context = context.with_program(spec.forward, (*path, "forward"))
        wrong = []
        for i, one in enumerate(spec.wrong):
            place = (*path, "wrong", i)
            formula = context.display(one.formula, (*place, "formula"), 0)
            says = self._said(context, one.says, (*place, "says"))
            wrong.append(Wrong(formula, says, one.printed, Origin(self.document, (*place, "formula"))))
        return SheetFormula(
            name=spec.name,
            formula=context.display(spec.formula, (*path, "formula"), 0),
            program=context.program,
            says=self._said(context, spec.says, (*path, "says")),
            source=spec.source,
            course=spec.course,
            check=spec.check,
            wrong=tuple(wrong),
            origin=Origin(self.document, path),
        )

    def gradients(self, spec: GradientsSpec, path: Place) -> Gradients:
        context = self._context(spec.symbols, spec.forward, path)
        origin = Origin(self.document, path)
        made = derived(spec, context, origin)
        says = self._said(context.with_program(spec.forward, (*path, "forward")), spec.says, (*path, "says"))
        return Gradients(
            spec.name, made.program, made.forward, made.loss, spec.with_respect_to, made.steps, says, spec.source,
            spec.course, origin,
        )  # fmt: skip

    def fact(self, spec: FactSpec, path: Place) -> Fact:
        return Fact(spec.name, self.prose(spec.text, (*path, "text"), spec.symbols), spec.source, spec.course)

    def erratum(self, spec: ErratumSpec, path: Place) -> Erratum:
        printed, right, because = (
            self.prose(text, (*path, name), spec.symbols)
            for name, text in (("printed", spec.printed), ("right", spec.right), ("because", spec.because))
        )
        return Erratum(printed, right, because, spec.course)

    def table(self, spec: TableSpec, path: Place) -> Table:
        for i, row in enumerate(spec.rows):
            if len(row) != len(spec.columns):
                message = f"came {len(row)} cells, expected {len(spec.columns)}, one for each column"
                raise FaultError([self.document.fault((*path, "rows", i), message)])
        columns = tuple(self.prose(text, (*path, "columns", i), spec.symbols) for i, text in enumerate(spec.columns))
        rows = tuple(
            tuple(self.prose(text, (*path, "rows", i, j), spec.symbols) for j, text in enumerate(row))
            for i, row in enumerate(spec.rows)
        )
        return Table(spec.caption, columns, rows, spec.source, spec.course)

    def picture(self, spec: PictureSpec, path: Place) -> Picture:
        return Picture(self._drawing(spec, path), self.prose(spec.caption, (*path, "caption")))

    def _drawing(self, spec: PictureSpec, path: Place) -> Drawing:
        from solutions.drawings import DRAWINGS

        made = call(spec.draw, Drawn(), spec.arguments, self.document, (*path, "draw"))
        if not isinstance(made, DRAWINGS):
            message = f"{spec.draw}: came {type(made).__name__}, expected a drawing"
            raise FaultError([self.document.fault((*path, "draw"), message)])
        drawn: Drawing = made
        return drawn

    def _context(self, symbols: Symbols, forward: str = "", place: Place = ()) -> Context:
        """The section's symbols and the entry's own; what `forward` defines is no symbol of the section."""
        defined = {line.partition("=")[0].strip() for line in forward.splitlines()}
        if twice := sorted(defined & symbols.keys()):
            message = f"{twice[0]} is declared in `symbols` and defined in `forward`; leave one out"
            raise FaultError([self.document.fault((*place, "symbols", twice[0]), message)])
        shared = {name: symbol for name, symbol in self.shared.items() if name not in defined}
        return make_context(self.document, Drawn(), {**shared, **symbols}, {}, {}, {})

    def _said(self, context: Context, text: str, path: Place) -> Prose:
        if not text:
            return Prose()
        return replace(context, templates={path: parsed(self.document, path, text)}).prose(path)
