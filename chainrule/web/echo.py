"""How an answer is read while it is typed: from its text, the declared names and the kind alone.

Nothing here looks at what is right. Drawn numbers count as names without a value, since some are not told and one may
be the answer itself; where a reading would need their values, it is left for later.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from chainrule.mathml import formula_html
from chainrule.views import NOTHING
from chainrule.web.valueless import is_grammatical, needs_values, valueless
from grader.answers.labels import listing
from grader.answers.number import number_reading, other_spelling, plain_number
from grader.answers.ordering import read_order
from grader.answers.shape import read_shape, shape_text
from grader.errors import LearnerError
from grader.formula import Scope, read, shapes
from grader.formula.exact_value import exact
from grader.formula.precise import Undefined
from grader.formula.tree import variables
from grader.formula.wrapping import unwrapped, without_left_side
from grader.keys import FormulaKey, NumberKey, Option
from grader.sentences import sentence
from grader.verdict import Feedback

if TYPE_CHECKING:
    from grader.formula import Formula
    from questions.variant import Part

LONGEST = 20_000  # letters that are read while one types
LATER = "This is read when it is sent."
UNKNOWN_NUMBER = "`{name}` is not known here: type a number, or an expression such as 3/4 or sqrt(2)."


@dataclass(frozen=True)
class Echo:
    """A reading, or what stands in its way. html: drawn; text: spelt; shape: in words; start, end: of the place.

    The place counts letters of the whole answer; start is -1 where it is not known.
    """

    html: Markup = NOTHING
    text: str = ""
    shape: str = ""
    notes: tuple[str, ...] = ()
    error: str = ""
    start: int = -1
    end: int = -1

    def to_json(self) -> dict[str, object]:
        """What scripts get."""
        if self.error:
            return {"error": self.error, "start": self.start, "end": self.end}
        return {"html": str(self.html), "text": self.text, "shape": self.shape, "notes": list(self.notes)}


def echo_of(part: Part, answer: str) -> tuple[Echo, ...]:
    """How the answer is read: a derivation's lines, else one reading; none for nothing, and for other kinds."""
    if not answer.strip() or (part.kind not in READERS and part.kind != "derivation"):
        return ()
    if len(answer) > LONGEST:
        return (Echo(notes=(LATER,)),)
    if part.kind == "derivation":
        from chainrule.web.echo_lines import lines_echo

        return lines_echo(part, answer)
    try:
        return (READERS[part.kind](part, answer),)
    except LearnerError as error:
        return (failed(error.feedback, answer),)


def failed(feedback: Feedback, answer: str, says: str = "") -> Echo:
    """What stands in the way, at its place in the answer."""
    says = says or sentence(feedback)
    match feedback.data:
        case {"text": str(text), "start": int(start), "end": int(end)} if text and (at := answer.find(text)) >= 0:
            return Echo(error=says, start=at + start, end=at + end)
    return Echo(error=says)


def read_echo(formula: Formula, html: Markup | None = None) -> Echo:
    """A formula as it was read."""
    shape = shapes.shape_text(formula.shape, formula.row) if formula.shape else "a number"
    shape += "".join(f", for each {name}" for name in formula.free)
    notes = tuple(map(sentence, formula.notes))
    return Echo(formula_html(formula, display=True) if html is None else html, formula.unicode(), shape, notes)


def _formula(part: Part, answer: str) -> Echo:
    key = part.key
    assert isinstance(key, FormulaKey)
    text = without_left_side(unwrapped(answer), key.asked)
    found = read_valueless(text, key.scope)
    return Echo(notes=(LATER,)) if found is None else read_echo(found)


def read_valueless(text: str, scope: Scope) -> Formula | None:
    """The formula, read without the values of drawn numbers; None where it takes them. Raises `ReadError`."""
    try:
        return read(text, valueless(scope))
    except LearnerError:
        if needs_values(text, scope) and is_grammatical(text, scope):
            return None
        raise


def _number(part: Part, answer: str) -> Echo:
    key = part.key
    assert isinstance(key, NumberKey)
    try:
        formula = read_valueless(plain_number(answer), key.scope)
    except LearnerError as error:
        feedback = other_spelling(answer.strip()) or error.feedback
        unknown = feedback.code.startswith("read.unknown")  # its sentence would list the names of drawn numbers
        says = UNKNOWN_NUMBER.format(name=feedback.data["name"]) if unknown else ""
        return failed(feedback, answer, says)
    if formula is None:
        return Echo(notes=(LATER,))
    if any(variable.kind != "math" for variable in variables(formula.tree)):
        return read_echo(formula)
    try:
        return Echo(formula_html(formula, display=True), number_reading(formula, exact(formula)))
    except (Undefined, ValueError):
        return failed(Feedback("number.not-a-number", {"excerpt": answer.strip()[:40]}), answer)


def _shape(part: Part, answer: str) -> Echo:
    found = read_shape(answer)
    return Echo(text=shape_text(found), shape="1 axis" if len(found) == 1 else f"{len(found)} axes")


def _ordering(part: Part, answer: str) -> Echo:
    options = [Option(label, text.text(), right=False) for label, text in part.choices]
    return Echo(text=listing(read_order(answer, options)).replace(", ", ", then "))


READERS: Mapping[str, Callable[[Part, str], Echo]] = {
    "formula": _formula,
    "number": _number,
    "integer": _number,
    "shape": _shape,
    "ordering": _ordering,
}
