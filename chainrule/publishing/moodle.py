"""Moodle XML: questions for the question bank, in a category for each topic."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from chainrule.publishing.chosen import LeftOut
from chainrule.publishing.forms import Export, Form, Options, exported, form_of, remark
from chainrule.publishing.moodle_cloze import cloze, fits
from chainrule.publishing.moodle_questions import moodle_question, told
from chainrule.publishing.written import Settings, Written, write_export
from chainrule.publishing.xml_parts import add, document, element

if TYPE_CHECKING:
    from chainrule.publishing.asked import Asked
    from chainrule.publishing.chosen import Chosen

ORDERING = "needs Moodle 4.4, or the plugin `ordering`"


def write(settings: Settings, chosen: Chosen | None) -> Written:
    """Writes the file."""
    assert chosen is not None
    return write_export(settings, moodle_xml(chosen, Options(settings.formulas, settings.solutions)))


def moodle_xml(chosen: Chosen, options: Options) -> Export:
    """The questions as a file to import in format "Moodle XML"."""
    root = element("quiz")
    left_out: list[LeftOut] = []
    remarks: list[LeftOut] = []
    by_place: dict[tuple[str, ...], list[Element]] = {}
    for _, group in groupby(chosen.asked(), key=lambda asked: asked.number):
        parts = list(group)
        made = _made(parts, options, left_out, remarks)
        place: tuple[str, ...] = (parts[0].topic,)
        if chosen.family:
            place = (*place, parts[0].variant.title)
        by_place.setdefault(place, []).extend(made)
    count = 0
    for place, questions in by_place.items():
        if questions:
            root.append(_category(place))
            root.extend(questions)
            count += len(questions)
    return Export(document(root), count, tuple(left_out), tuple(remarks))


def _made(parts: Sequence[Asked], options: Options, left_out: list[LeftOut], remarks: list[LeftOut]) -> list[Element]:
    """The question as Moodle's: one where its parts fit into fields, else one for each part."""
    if fits(parts, options):
        whole = list(exported(parts[-1:], lambda _: cloze(parts, options), left_out))
        for asked in parts if whole else ():
            remarks += remark(asked, form_of(asked.part, options))
        return whole

    def one(asked: Asked) -> Element:
        made = moodle_question(asked, options)
        form = form_of(asked.part, options)
        remarks.extend(remark(asked, form))
        if form is Form.ORDERING:
            remarks.append(LeftOut(asked.id, ORDERING))
        return made

    return list(exported(parts, one, left_out))


def _category(place: Sequence[str]) -> Element:
    """The category for what follows; a slash within a title is doubled, since one parts categories."""
    made = element("question", type="category")
    path = "/".join(title.replace("/", "//") for title in ("Chainrule", *place))
    add(add(made, "category"), "text", f"$course$/top/{path}")
    told(made, "info", "")
    return made
