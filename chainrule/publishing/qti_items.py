"""Items of QTI 1.2 in the dialect of Canvas: one for each part."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from markupsafe import Markup

from chainrule.publishing.asked import lettered_html, question_html
from chainrule.publishing.forms import NONE_OF_THEM, Form, Options, form_of, how_to, told_of_options
from chainrule.publishing.prose import code_html, inline_html, sentence_html
from chainrule.publishing.qti_numbers import add_number, factor, how_to_scaled
from chainrule.publishing.qti_parts import RESPONSE, condition_for, equal, feedback, field, full, material, shown
from chainrule.publishing.solution import solution_html
from chainrule.publishing.spellings import spellings
from chainrule.publishing.xml_parts import add, element
from grader.keys import ChoiceKey, NumberKey, OrderingKey, StatementsKey

if TYPE_CHECKING:
    from chainrule.publishing.asked import Asked
    from chainrule.publishing.svg_files import Pictures

KINDS = {
    Form.NUMBER: "numerical_question",
    Form.CHOICE: "multiple_choice_question",
    Form.STATEMENTS: "multiple_answers_question",
    Form.ORDERING: "matching_question",
    Form.TEXT: "short_answer_question",
    Form.ESSAY: "essay_question",
    Form.CODE: "file_upload_question",
}
PLACES = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


def ident(*words: str) -> str:
    """A name that the words alone decide, as QTI takes them."""
    return "g" + hashlib.sha256("\x1f".join(words).encode()).hexdigest()[:32]


def label_ident(asked: Asked, label: str) -> str:
    """The number of an option: Canvas keeps answers under numbers."""
    digest = hashlib.sha256(f"{asked.id}\x1f{label}".encode()).digest()
    return str(10_000 + int.from_bytes(digest[:4], "big") % 90_000_000)


def qti_item(asked: Asked, options: Options, pictures: Pictures) -> Element:
    """The part as an item. Raises AuthorError where its key cannot be made."""
    form = form_of(asked.part, options)
    item = element("item", ident=ident("item", asked.id), title=asked.name)
    presentation = add(item, "presentation")
    processing = add(item, "resprocessing")
    add(add(processing, "outcomes"), "decvar", maxvalue="100", minvalue="0", varname="SCORE", vartype="Decimal")
    material(presentation, _asking(asked, form, pictures))
    solution = solution_html(asked, pictures) if options.solutions else Markup()
    if solution:
        shown(condition_for(processing, "Yes"), "general_fb")
    labels = _answers(item, asked, form, presentation, processing)
    if solution:
        feedback(item, "general_fb", solution)
    item.insert(0, _metadata(asked, form, labels))
    return item


def _asking(asked: Asked, form: Form, pictures: Pictures) -> Markup:
    how = how_to(asked.part, form)
    key = asked.part.key
    if isinstance(key, NumberKey) and factor(key) > 1:
        how = how_to_scaled(key)
    if form is Form.ORDERING:
        how = "Choose for each place the letter of the line that belongs there."
    asking = question_html(asked, how, pictures)
    if form is Form.ORDERING:
        asking += lettered_html(asked.part)
    return asking + code_html(asked.part.starter) if asked.part.starter else asking


def _answers(item: Element, asked: Asked, form: Form, presentation: Element, processing: Element) -> Sequence[str]:
    """What is typed or chosen, and what it earns; returns the numbers of the options."""
    key = asked.part.key
    match form:
        case Form.NUMBER:
            field(presentation, fibtype="Decimal")
            assert isinstance(key, NumberKey)
            add_number(processing, key)
        case Form.CHOICE | Form.STATEMENTS:
            return _options(item, asked, presentation, processing)
        case Form.ORDERING:
            return _places(asked, presentation, processing)
        case Form.TEXT:
            field(presentation)
            condition = condition_for(processing, "No", other=False)
            for text in spellings(asked.part):
                equal(condition.find("conditionvar"), text)
            full(condition)
        case Form.ESSAY:
            field(presentation)
            condition_for(processing, "No")
        case Form.CODE:
            condition_for(processing, "No")
    return ()


def _metadata(asked: Asked, form: Form, labels: Iterable[str]) -> Element:
    found = element("itemmetadata")
    fields = add(found, "qtimetadata")
    for label, entry in {
        "question_type": KINDS[form],
        "points_possible": f"{asked.part.marks:g}",
        "original_answer_ids": ",".join(labels),
        "assessment_question_identifierref": ident("question", asked.id),
    }.items():
        field = add(fields, "qtimetadatafield")
        add(field, "fieldlabel", label)
        add(field, "fieldentry", entry)
    return found


def _options(item: Element, asked: Asked, presentation: Element, processing: Element) -> list[str]:
    key = asked.part.key
    assert isinstance(key, ChoiceKey | StatementsKey)
    single = isinstance(key, ChoiceKey)
    texts = {label: inline_html(text) for label, text in asked.part.choices}
    right = {option.label: option.right for option in key.options}
    if not single:
        texts[""] = Markup(NONE_OF_THEM)  # without it, nobody could say that none is true
        right[""] = not any(right.values())
    numbers = {label: label_ident(asked, label) for label in texts}
    response = add(presentation, "response_lid", ident=RESPONSE, rcardinality="Single" if single else "Multiple")
    choices = add(response, "render_choice")
    for label, text in texts.items():
        material(add(choices, "response_label", ident=numbers[label]), text)
    told = {label: says for label, says in told_of_options(key).items() if says}
    for label in told:
        condition = condition_for(processing, "Yes", other=False)
        equal(condition[0], numbers[label])
        shown(condition, f"{numbers[label]}_fb")
    condition = condition_for(processing, "No", other=False)
    if single:
        equal(condition[0], next(numbers[label] for label, ok in right.items() if ok))
    else:
        every = add(condition[0], "and")
        for label, ok in right.items():
            equal(every if ok else add(every, "not"), numbers[label])
    full(condition)
    for label, says in told.items():
        feedback(item, f"{numbers[label]}_fb", sentence_html(says))
    return list(numbers.values())


def _places(asked: Asked, presentation: Element, processing: Element) -> list[str]:
    """An order as a place for each line: Canvas has no question about an order."""
    key = asked.part.key
    assert isinstance(key, OrderingKey)
    numbers = {label: label_ident(asked, label) for label, _ in asked.part.choices}
    share = f"{100 / len(key.order):.2f}"
    for place, right in enumerate(key.order):
        own = f"response_{label_ident(asked, f'place {place}')}"
        response = add(presentation, "response_lid", ident=own)
        name = PLACES[place] if place < len(PLACES) else f"number {place + 1}"
        add(add(response, "material"), "mattext", name, texttype="text/plain")
        choices = add(response, "render_choice")
        for label, number in numbers.items():
            add(add(add(choices, "response_label", ident=number), "material"), "mattext", label)
        condition = add(processing, "respcondition")
        equal(add(condition, "conditionvar"), numbers[right], own)
        add(condition, "setvar", share, varname="SCORE", action="Add")
    return list(numbers.values())
