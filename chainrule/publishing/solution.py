"""The worked solution of a part as HTML with TeX: a right answer, the steps, their picture; and typical mistakes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from markupsafe import Markup

from chainrule.publishing.prose import code_html, delimited, inline_html, plain, sentence_html, tex
from chainrule.viewing import key_of
from chainrule.worked import drawn_texts, example_of, given_texts, step_values
from grader.errors import AuthorError
from grader.formula.latex import name_latex
from grader.keys import ChoiceKey, CodeKey, DerivationKey, FormulaKey, NumberKey, OrderingKey, ShapeKey, StatementsKey
from questions.answer_text import number_text

if TYPE_CHECKING:
    from chainrule.publishing.asked import Asked
    from chainrule.publishing.svg_files import Pictures
    from grader.formula.reading import Formula, Line
    from questions.variant import Part, Variant


def solution_html(asked: Asked, pictures: Pictures) -> Markup:
    """The right answer and how to get there; what belongs to later parts comes with the last one only."""
    whole = asked.part.id == asked.variant.parts[-1].id
    pieces = [Markup("<p><strong>A right answer:</strong></p>"), key_html(asked.part)]
    pieces += _steps(asked.variant, asked.variant.steps if whole else asked.part.steps)
    if whole:
        pieces += _picture(asked.variant, pictures)
    return Markup("\n").join(pieces)


def _picture(variant: Variant, pictures: Pictures) -> Iterator[Markup]:
    try:
        picture = variant.worked_picture
    except AuthorError:  # a picture that fails costs nobody a solution
        return
    if picture is not None:
        yield pictures.image(picture)


def key_html(part: Part) -> Markup:
    """The key as it is printed. Raises AuthorError where a reference that it needs fails."""
    match part.key:
        case FormulaKey(formula=formula):
            return Markup("<p>{}</p>").format(tex(formula, display=True))
        case DerivationKey() | CodeKey():
            return code_html(part.answer_text)
        case ChoiceKey(options=options) | StatementsKey(options=options):
            return _lines(part, [option.label for option in options if option.right])
        case OrderingKey(order=order):
            return _lines(part, list(order))
    return Markup("<p>{}</p>").format(part.answer_text)


def _lines(part: Part, labels: list[str]) -> Markup:
    if not labels:
        return Markup("<p>None of them.</p>")
    texts = dict(part.choices)
    rows = [Markup("<li>{}</li>").format(inline_html(texts[label])) for label in labels]
    return Markup("<ol>{}</ol>").format(Markup("").join(rows))


def _steps(variant: Variant, steps: Sequence[Line]) -> Iterator[Markup]:
    if not steps:
        return
    numbers = example_of(variant)
    given = drawn_texts(steps) if numbers is None else given_texts(numbers)
    yield Markup("<p><strong>Step by step:</strong></p>")
    if given:
        yield Markup("<p>In numbers, with {}.</p>").format(plain("; ".join(given)))
    rows = [
        Markup("<li>{}{}{}</li>").format(
            delimited(f"{name_latex(line.name)} = {line.formula.latex()}"),
            plain(f" = {value}") if value else "",
            Markup("<br>{}").format(sentence_html(line.comment)) if line.comment else "",
        )
        for line, value in zip(steps, step_values(steps, numbers), strict=True)
    ]
    yield Markup("<ol>{}</ol>").format(Markup("").join(rows))


def mistakes_html(part: Part) -> Markup:
    """Typical wrong answers, each with the sentence that corrects it; '' where there are none."""
    rows = [Markup("<li>{}: {}</li>").format(shown, sentence_html(says)) for shown, says in _mistakes(part)]
    if not rows:
        return Markup()
    return Markup("<p><strong>Typical mistakes:</strong></p>\n<ul>{}</ul>").format(Markup("").join(rows))


def _mistakes(part: Part) -> Iterator[tuple[Markup, str]]:
    match key_of(part):
        case ChoiceKey(options=options) | StatementsKey(options=options):
            texts = dict(part.choices)
            yield from ((inline_html(texts[o.label]), o.says) for o in options if o.says and not o.right)
        case FormulaKey(mistakes=formulas):
            yield from ((_formula(m.key), m.says) for m in formulas)
        case NumberKey(mistakes=numbers, digits=digits):
            yield from ((plain(number_text(m.key, digits)), m.says) for m in numbers)
        case ShapeKey(mistakes=shapes):
            yield from ((plain(str(m.key)), m.says) for m in shapes)
        case DerivationKey(mistakes=lines):
            yield from ((plain(m.typed), m.says) for m in lines)
        case CodeKey(mistakes=codes):
            yield from ((plain(m.name), m.says) for m in codes)


def _formula(formula: Formula) -> Markup:
    return tex(formula)
