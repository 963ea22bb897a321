"""What names mean in one variant, and reading its formulas and texts with faults that name their place."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from grader.formula.errors import ReadError
from grader.formula.precise import Undefined
from grader.formula.reading import Formula, Line, Program, read, read_display, read_program
from grader.formula.symbols import Constant, Dim, Domain, Scope, Symbol
from questions.document import Document, Path
from questions.draws import Drawn, spelling
from questions.faults import FaultError, suggestion
from questions.networks import Network
from questions.prose import Prose, Template, TemplateError, fill, parse_template
from questions.schema_symbols import SymbolSpec

PLACEHOLDER = re.compile(r"\{(\w+)\}")
MAX_LETTERS = 12  # undeclared ones in one formula of a text


@dataclass(frozen=True)
class Context:
    """One variant's names.

    spoken: further symbols that prose may name, such as the parameters of code.
    templates: parsed texts by their place in the file, shared by all variants.
    """

    document: Document
    drawn: Drawn
    scope: Scope
    spoken: Mapping[str, Symbol] = field(default_factory=dict)
    templates: Mapping[Path, Template] = field(default_factory=dict)
    program: Program | None = None

    def formula(self, text: str, path: Path, grafts: Mapping[str, str] | None = None) -> Formula:
        """A formula of the file; drawn texts, and further ones, are grafted for its placeholders."""
        try:
            return read(text, self.scope, grafts={**self.drawn.texts, **(grafts or {})})
        except ReadError as error:
            raise self.fault(path, str(error), text, error) from None

    def number(self, text: str, path: Path) -> Any:
        """The exact value of a formula over the drawn numbers: Fraction or mpf.

        Raises `Undefined` where there is none for these numbers, `FaultError` where there can be none.
        """
        from grader.formula.exact_value import exact

        try:
            return exact(self.formula(text, path))
        except ValueError as error:
            raise FaultError([self.document.fault(path, str(error))]) from None

    def value(self, text: str, path: Path) -> Constant:
        """The exact value of `let`: a Fraction, or an array of them."""
        from grader.formula.exact_value import exact_entries

        try:
            return _rational(exact_entries(self.formula(text, path)).tolist())
        except (Undefined, ValueError) as error:
            raise FaultError([self.document.fault(path, str(error))]) from None

    def prose(self, path: Path) -> Prose:
        """The text at `path` of the file, filled."""
        template = self.templates[path]
        try:
            return fill(template, self._values, lambda text, at: self.display(text, path, at), self._program())
        except TemplateError as error:
            raise FaultError([self.document.fault(path, str(error), offset=error.offset)]) from None

    @functools.cached_property
    def _values(self) -> Mapping[str, str]:
        return {name: self._shown(name) for name in self.drawn.spelled}

    def _shown(self, name: str) -> str:
        spelled = self.drawn.spelled[name]
        return spelled.replace("-", "−") if name in self.drawn.numbers else spelled

    def display(self, text: str, path: Path, offset: int) -> Formula:
        """A formula of a text. Single letters need no declaration there: prose may say `$H = ...$`."""
        scope = self._spoken_scope
        for _ in range(MAX_LETTERS):
            try:
                return read_display(text, scope, grafts=self.drawn.spelled)
            except ReadError as error:
                letter = _undeclared_letter(error)
                if not letter:
                    start = offset + len(text) - len(text.lstrip()) + error.span[0]
                    raise FaultError([self.document.fault(path, str(error), offset=start)]) from None
                scope = replace(scope, symbols={**scope.symbols, letter: Symbol(letter)})
        raise FaultError([self.document.fault(path, f"more than {MAX_LETTERS} undeclared letters", offset=offset)])

    @functools.cached_property
    def _spoken_scope(self) -> Scope:
        return replace(self.scope, symbols={**self.spoken, **self.scope.symbols})

    def _program(self) -> Prose:
        """The forward program as equations, each on a line of its own."""
        pieces: list[str | Formula] = []
        for line in self.program.lines if self.program else ():
            pieces += [read_display(f"{line.name} = {line.formula.text()}", self.scope), "  \n"]
        return Prose(pieces[:-1])

    def with_program(self, text: str, path: Path) -> Context:
        """This context with the names of a forward program."""
        program = self._read_program(text, path, self.scope)
        return replace(self, program=program, scope=program.scope)

    def with_network(self, network: Network, path: Path) -> Context:
        """This context with the symbols and the forward program of a drawn network."""
        scope = replace(self.scope, symbols={**self.scope.symbols, **network.symbols})
        return replace(self, scope=scope).with_program(network.forward, path)

    def steps(self, text: str, path: Path) -> tuple[Line, ...]:
        """Worked steps: lines that see everything declared and the steps before them, drawn values in their reasons."""
        lines = self._read_program(text, path, self.scope).lines
        return tuple(replace(line, comment=self._comment(line.comment, path)) for line in lines)

    def _comment(self, text: str, path: Path) -> str:
        def value(match: re.Match[str]) -> str:
            if match[1] not in self.drawn.spelled:
                near = suggestion(match[1], list(self.drawn.spelled))
                raise FaultError([self.document.fault(path, f"{match[0]} in `# {text}` names nothing drawn.{near}")])
            return self._shown(match[1])

        return PLACEHOLDER.sub(value, text)

    def _read_program(self, text: str, path: Path, scope: Scope) -> Program:
        try:
            program = read_program(text, scope, grafts=self.drawn.texts)
        except ReadError as error:
            raise self.fault(path, str(error), text, error) from None
        return program

    def fault(self, path: Path, message: str, text: str, error: ReadError) -> FaultError:
        """The reader's error at its place in the file."""
        piece = str(error.feedback.data["text"])
        offset = max(0, text.find(piece)) + error.span[0]
        return FaultError([self.document.fault(path, message, offset=offset)])


def make_context(
    document: Document,
    drawn: Drawn,
    symbols: Mapping[str, SymbolSpec],
    indices: Mapping[str, Dim],
    spoken: Mapping[str, SymbolSpec],
    templates: Mapping[Path, Template],
) -> Context:
    """The context of drawn values, before `let` and the forward program."""
    scope = Scope(symbols=declared(symbols), constants=drawn.numbers, indices=indices)
    return Context(document, drawn, scope, declared(spoken), templates)


def with_let(context: Context, name: str, text: str) -> Context:
    """The context with one derived value."""
    value = context.value(text, ("let", name))
    drawn = context.drawn.number(name, value, spelling(value))
    return replace(context, drawn=drawn, scope=replace(context.scope, constants=drawn.numbers))


def declared(specs: Mapping[str, SymbolSpec]) -> dict[str, Symbol]:
    """The symbols that specifications declare."""
    return {name: symbol(name, spec) for name, spec in specs.items()}


def symbol(name: str, spec: SymbolSpec) -> Symbol:
    """The symbol that a specification declares."""
    if spec.domain.word is not None:
        domain = Domain(spec.domain.word)
    else:
        low, high = spec.domain.interval or spec.domain.integer or (0, 1)
        domain = Domain("interval" if spec.domain.interval else "integer", low, high)
    return Symbol(name, spec.shape, domain, spec.first)


def parsed(document: Document, path: Path, text: str) -> Template:
    """A text of the file as a template; raises `FaultError`."""
    try:
        return parse_template(text)
    except TemplateError as error:
        raise FaultError([document.fault(path, str(error), offset=error.offset)]) from None


def _rational(value: Any) -> Constant:
    if isinstance(value, list):
        return tuple(_rational(entry) for entry in value)
    if not isinstance(value, Fraction):
        raise ValueError("the value is irrational; `let` holds rational numbers, write it into the key instead")
    return value


def _undeclared_letter(error: ReadError) -> str:
    """The single letter that a text's formula names without a declaration, also inside dL/dx; else ''."""
    if error.feedback.code not in {"read.unknown-name", "read.unknown-name-near"}:
        return ""
    name = str(error.feedback.data["name"])
    return name[-1:] if len(name) == 1 or (len(name) == 2 and name[0] == "d") else ""
