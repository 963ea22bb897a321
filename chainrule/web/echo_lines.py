"""How the lines of a derivation are read while they are typed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from chainrule.mathml import drawn
from chainrule.web.echo import LATER, Echo, failed, read_echo, read_valueless
from grader.derivations.signs import Signs, gradient_id, name_of
from grader.derivations.typed import Typed, typed_lines
from grader.errors import LearnerError
from grader.formula.latex import name_latex
from grader.formula.names import declared_names
from grader.formula.reading import Formula
from grader.formula.symbols import Scope
from grader.formula.tree import Variable, variables
from grader.keys import DerivationKey
from grader.verdict import Feedback

if TYPE_CHECKING:
    from questions.variant import Part

HIDDEN = "°"  # behind names that nobody can type


def lines_echo(part: Part, answer: str) -> tuple[Echo, ...]:
    """Each line, in order."""
    key = part.key
    assert isinstance(key, DerivationKey)
    program = key.program.scope
    signs = Signs(key.of, frozenset(line.name for line in key.program.lines) | frozenset(program.symbols))
    lines = typed_lines(answer)
    names = {line.number: name_of(signs.plain(line.left)) for line in lines if line.left}
    reader = _Reader(program, signs, names, answer, needless=len(key.wanted) == 1)
    scope, own, found = _with_gradients(program, signs.names), frozenset[str](), []
    for line in lines:
        echo, formula = reader.one(line, scope, own, last=line is lines[-1])
        found.append(echo)
        name = names.get(line.number, "")
        if formula is not None and name and name not in declared_names(program):
            scope, own = scope.define(name, formula), own | {name}
    return tuple(found)


def _with_gradients(scope: Scope, names: Collection[str]) -> Scope:
    """The scope in which each gradient has a name, and the shape of what it is at."""
    for name in sorted(names):
        at = scope.definitions.get(name)
        shape, row = (at.shape, at.row) if at is not None else (scope.symbols[name].shape, False)
        if gradient_id(name) not in declared_names(scope):
            gradient = Formula(Variable(gradient_id(name) + HIDDEN, "symbol", shape, row=row), scope)
            scope = scope.define(gradient_id(name), gradient)
    return scope


@dataclass(frozen=True)
class _Reader:
    """names: what the lines define, by number. needless: the last line needs no name, since one thing is asked for."""

    program: Scope
    signs: Signs
    names: Mapping[int, str]
    answer: str
    needless: bool

    def one(self, line: Typed, scope: Scope, own: frozenset[str], *, last: bool) -> tuple[Echo, Formula | None]:
        """The line as read, and the formula that its name stands for from then on."""
        try:
            self.check_name(line, last=last)
            formulas = [self.link(text, line, scope, own) for text in line.links]
        except LearnerError as error:
            return self.placed(error.feedback, line), None
        read = [formula for formula in formulas if formula is not None]
        if len(read) < len(formulas):
            return Echo(notes=(LATER,)), None
        return self.shown(line, read), read[-1]

    def check_name(self, line: Typed, *, last: bool) -> None:
        """Raises `LearnerError` where the line has no name, or one that it cannot have."""
        if not line.left:
            if last and self.needless:
                return
            raise LearnerError(Feedback("derivation.no-name", {"text": line.text}))
        name = self.names[line.number]
        if not name:
            raise LearnerError(Feedback("derivation.left-side", {"text": line.left}))
        if name in declared_names(self.program) and name not in self.program.definitions:
            raise LearnerError(Feedback("derivation.taken-name", {"name": name}))

    def link(self, text: str, line: Typed, scope: Scope, own: frozenset[str]) -> Formula | None:
        """One formula of a line; None where it takes the values of drawn numbers. Raises `LearnerError`."""
        formula = read_valueless(self.signs.plain(text), scope)
        used = {variable.name for variable in variables(formula.tree)} if formula is not None else set()
        later = {name for number, name in self.names.items() if number >= line.number}
        if early := sorted((used & later) - own - set(self.program.definitions)):
            raise LearnerError(Feedback("derivation.early", {"name": early[0]}))
        return formula

    def shown(self, line: Typed, formulas: Sequence[Formula]) -> Echo:
        """The equation as it was read, with the shape of its last formula."""
        name = self.names.get(line.number, "")
        latex = " = ".join([*([name_latex(name)] if name else []), *(formula.latex() for formula in formulas)])
        text = " = ".join([*([name] if name else []), *(formula.unicode() for formula in formulas)])
        notes = tuple(note for formula in formulas for note in read_echo(formula).notes)
        return replace(read_echo(formulas[-1]), html=drawn(latex, text, display=True), text=text, notes=notes)

    def placed(self, feedback: Feedback, line: Typed) -> Echo:
        """What stands in the way, at its place in the answer, or else marking the line."""
        found = failed(feedback, self.answer)
        at = self.answer.find(line.text)
        if (found.start >= 0 and at <= found.start <= at + len(line.text)) or at < 0:
            return found
        return replace(found, start=at, end=at + len(line.text))
