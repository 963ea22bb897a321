"""A question of several parts as one of Moodle's, with a field for each part in the text."""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from markupsafe import Markup

from chainrule.publishing.asked import lettered_html, own_html
from chainrule.publishing.forms import Form, Options, form_of, how_to, told_of_options
from chainrule.publishing.moodle_fractions import listed
from chainrule.publishing.moodle_questions import begun, literal, moodle_pictures
from chainrule.publishing.numbers import other_ranges, right_range
from chainrule.publishing.prose import sentence_html
from chainrule.publishing.spellings import spellings, wrong_spellings
from grader.keys import ChoiceKey, NumberKey

if TYPE_CHECKING:
    from chainrule.publishing.asked import Asked
    from chainrule.publishing.svg_files import Pictures

FITTING = frozenset({Form.NUMBER, Form.CHOICE, Form.TEXT})
SPECIAL = str.maketrans({"}": r"\}", "#": r"\#", "~": "∼"})  # Moodle takes no escape for the last


def fits(parts: Sequence[Asked], options: Options) -> bool:
    """True where all parts can be fields of one question; weights of fields are whole numbers."""
    forms = {form_of(asked.part, options) for asked in parts}
    whole = all(float(asked.part.marks).is_integer() for asked in parts)
    return len(parts) > 1 and forms <= FITTING and whole and not any(a.part.kind == "formula" for a in parts)


def cloze(parts: Sequence[Asked], options: Options) -> Element:
    """The parts as one question. Raises AuthorError where a key cannot be made."""
    last = parts[-1]
    pictures = moodle_pictures()
    text = Markup("\n").join([_part(asked, options, pictures) for asked in parts])
    made = begun(last, "cloze", text, pictures, options)
    name, number = made.find("name/text"), made.find("idnumber")
    assert name is not None and number is not None
    name.text = f"{last.variant.title}, seed {last.variant.seed}"
    number.text = last.id.rpartition(".")[0][:100]
    grade = made.find("defaultgrade")
    assert grade is not None
    grade.text = f"{sum(asked.part.marks for asked in parts):g}"
    return made


def _part(asked: Asked, options: Options, pictures: Pictures) -> Markup:
    form = form_of(asked.part, options)
    how = "Choose the letter of one line." if form is Form.CHOICE else how_to(asked.part, form)
    asking = own_html(asked, how, pictures)
    field = Markup("<p>{}</p>").format(Markup(_field(asked, form)))
    return Markup("<p><strong>{})</strong></p>\n{}{}\n{}").format(
        asked.letter, asking, lettered_html(asked.part), field
    )


def _field(asked: Asked, form: Form) -> str:
    """`{2:NUMERICAL:=12:0~%0%13:0#feedback}`."""
    part = asked.part
    key = part.key
    match form:
        case Form.NUMBER:
            assert isinstance(key, NumberKey)
            answers = [
                f"%{listed(one.share)}%{one.value_text}:{one.tolerance_text}{_says(one.says)}"
                for one in [right_range(key), *other_ranges(key)]
            ]
            return _braced(part.marks, "NUMERICAL", answers)
        case Form.CHOICE:
            assert isinstance(key, ChoiceKey)
            told = told_of_options(key)
            options = [f"%{100 if o.right else 0}%{_text(o.label)}{_says(told[o.label])}" for o in key.options]
            return _braced(part.marks, "MULTICHOICE_H", options)
    accepted = spellings(part)
    right = [f"%100%{_text(literal(text))}" for text in accepted]
    wrong = [
        f"%{listed(worth)}%{_text(literal(text))}{_says(says)}"
        for text, says, worth in wrong_spellings(part)
        if text not in accepted
    ]
    return _braced(part.marks, "SHORTANSWER", [*right, *wrong])


def _braced(marks: float, kind: str, answers: Sequence[str]) -> str:
    return f"{{{marks:g}:{kind}:{'~'.join(answers)}}}"


def _says(text: str) -> str:
    """Feedback: Moodle decodes it once, and then takes it for HTML."""
    return f"#{_text(str(sentence_html(text)))}" if text else ""


def _text(text: str) -> str:
    """A text within a field: escaped once, and without what would end it there."""
    return html.escape(text, quote=False).translate(SPECIAL)
