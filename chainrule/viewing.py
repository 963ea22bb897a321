"""Views of questions: variants in, what the templates show out."""

from __future__ import annotations

from collections.abc import Sequence
from string import ascii_lowercase
from typing import TYPE_CHECKING

from markupsafe import Markup

from chainrule.highlight import highlighted
from chainrule.markdown import inline_html, prose_html
from chainrule.mathml import drawn, formula_html
from chainrule.pictures import picture_svg
from chainrule.views import OptionView, PartView, QuestionView, StepView, SymbolView
from chainrule.wording import domain_text, symbols_of
from grader.errors import AuthorError
from grader.formula.latex import name_latex
from grader.formula.reading import Line
from grader.formula.tree import variables
from grader.keys import ChoiceKey, CodeKey, DerivationKey, FormulaKey, Key, NumberKey, OrderingKey, StatementsKey

if TYPE_CHECKING:
    from grader.formula import Formula, Symbol
    from grader.formula.symbols import Shape
    from questions.variant import Part, Variant

# Empty lines to write on, by kind of answer; choices are marked beside their letters.
LINES = {"formula": 4, "derivation": 10, "integer": 2, "number": 3, "shape": 2, "code": 10}
ASK = {
    "formula": "Write a formula in the symbols below.",
    "derivation": "Write lines such as dz = y − t, each with a name, up to what is asked for.",
    "integer": "Write a whole number, or an expression for it.",
    "number": "Write the exact number, or an expression for it.",
    "shape": "Write a shape, such as (32, 8, 8).",
    "choice": "Choose one letter.",
    "statements": "Mark every true statement; it may be none.",
    "ordering": "Number the lines in the right order.",
    "code": "Write the function.",
}
BOXES = {"choice": "circle", "statements": "square", "ordering": "rank"}


def question_views(variants: Sequence[Variant]) -> tuple[QuestionView, ...]:
    """The questions of a quiz, numbered from 1."""
    return tuple(question_view(number, variant) for number, variant in enumerate(variants, 1))


def question_view(number: int, variant: Variant) -> QuestionView:
    """One question; its parts have letters where there are several."""
    letters = ascii_lowercase if len(variant.parts) > 1 else ("",)
    return QuestionView(
        number=number,
        id=variant.family,
        version=variant.version,
        seed=str(variant.seed),
        title=variant.title,
        level=variant.level,
        source=variant.source,
        parts=tuple(part_view(part, letter) for part, letter in zip(variant.parts, letters, strict=False)),
    )


def part_view(part: Part, letter: str) -> PartView:
    """One part; `letter` is '' where it is the only one."""
    return PartView(
        letter=letter,
        prompt=prose_html(part.prompt),
        marks=part.marks,
        kind=part.kind,
        ask=how_to_write(part),
        lines=LINES.get(part.kind, 0),
        symbols=symbol_views(part),
        options=tuple(OptionView(label, inline_html(text)) for label, text in part.choices),
        box=BOXES.get(part.kind, ""),
        starter=highlighted(part.starter) if part.starter else Markup(),
        picture=picture_svg(part.picture) if part.picture is not None else Markup(),
    )


def how_to_write(part: Part) -> str:
    """One sentence on what to write, for paper and screen alike."""
    match key_of(part) if part.kind == "number" else None:
        case NumberKey(digits=int(digits)):
            return f"Write a number to {digits} significant digits, or an exact expression."
    return ASK[part.kind]


def symbol_views(part: Part) -> tuple[SymbolView, ...]:
    """The symbols that the question uses, in the order of their declaration."""
    typed = part.kind in {"formula", "derivation"} and key_of(part) is not None
    return tuple(map(symbol_view, symbols_of(part))) if typed else ()


def key_of(part: Part) -> Key | None:
    """The key, or None where it cannot be made: the rest of the page is shown all the same.

    Keys of code and of computed choices run a reference, so a quiz does not ask for them.
    """
    try:
        return part.key
    except AuthorError:
        return None


def symbol_view(symbol: Symbol) -> SymbolView:
    """A declared name, its shape and its domain in words."""
    return SymbolView(name_html(symbol.name), shape_text(symbol.shape), domain_text(symbol))


def used_symbols(formulas: Sequence[Formula]) -> tuple[Symbol, ...]:
    """The symbols that occur in the formulas, in the order of their declaration for the first of them."""
    used = {variable.name for formula in formulas for variable in variables(formula.tree) if variable.kind == "symbol"}
    return tuple(symbol for name, symbol in formulas[0].scope.symbols.items() if name in used)


def name_html(name: str) -> Markup:
    """A name as MathML."""
    return drawn(name_latex(name), name)


def shape_text(shape: Shape) -> str:
    """A shape in words: "vector of K"."""
    match shape:
        case ():
            return "number"
        case (size,):
            return f"vector of {size}"
        case (rows, columns):
            return f"matrix {rows} × {columns}"
    return f"array {' × '.join(map(str, shape))}"


def step_views(lines: Sequence[Line], values: Sequence[str] = ()) -> tuple[StepView, ...]:
    """Worked steps as equations `name = formula`, each with its reason, and its value where there are any."""
    return tuple(
        StepView(
            drawn(
                f"{name_latex(line.name)} = {line.formula.latex()}",
                f"{line.name} = {line.formula.unicode()}",
                display=True,
            ),
            line.comment,
            value,
        )
        for line, value in zip(lines, values or [""] * len(lines), strict=True)
    )


def right_answer_html(part: Part) -> Markup:
    """The key as it is printed: a formula drawn, options with their letters, code highlighted."""
    match key_of(part):
        case None:
            return Markup("Not available: the key could not be computed.")
        case FormulaKey(formula=formula):
            return formula_html(formula, display=True)
        case DerivationKey():
            return Markup("").join(
                Markup('<p class="key-line">{}</p>').format(view.formula) for view in _key_lines(part)
            )
        case ChoiceKey(options=options) | StatementsKey(options=options):
            return _listed(part, [option.label for option in options if option.right])
        case OrderingKey(order=order):
            return _listed(part, order)
        case CodeKey():
            return highlighted(part.answer_text)
    return Markup('<span class="typed-answer">{}</span>').format(part.answer_text)


def _key_lines(part: Part) -> tuple[StepView, ...]:
    """The right derivation, as short as a textbook's."""
    from grader.formula.derive import gradients, textbook

    if part.derived is None:
        return ()
    derivation = textbook(gradients(part.derived.program, of=part.derived.of, with_respect_to=part.derived.wanted))
    return step_views([Line(step.name, step.formula) for step in derivation.steps])


def _listed(part: Part, labels: Sequence[str]) -> Markup:
    """The options of these letters, one below the other."""
    lines = [Markup("<p>{}</p>").format(option_html(part, label)) for label in labels]
    return Markup("").join(lines) if lines else Markup("None of them.")


def option_html(part: Part, label: str) -> Markup:
    """An option's letter and text."""
    text = dict(part.choices)[label]
    return Markup("<b>{}</b> {}").format(label, inline_html(text))
