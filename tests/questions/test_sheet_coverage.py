"""Every item of the course has a place on a sheet, on that of its own topic."""

from __future__ import annotations

from questions.course import Item, shipped_course
from questions.sheet_coverage import placed_ids, without_place
from questions.sheets import load_sheets
from questions.topics import shipped_topics, topic_of

SHEETS = load_sheets()[0]


def test_every_item_of_the_course_has_a_place_on_a_sheet() -> None:
    assert without_place(SHEETS.values(), shipped_course()) == ()


def test_an_item_that_no_sheet_names_is_told() -> None:
    invented = Item.model_validate({"id": "layers.invented", "name": "Invented", "asks": ["formula"]})
    assert without_place(SHEETS.values(), (*shipped_course(), invented)) == ("layers.invented",)


def test_what_a_sheet_has_a_place_for_is_an_item_of_the_course() -> None:
    assert placed_ids(SHEETS.values()) - {item.id for item in shipped_course()} == frozenset()


def test_an_item_stands_on_the_sheet_of_its_topic() -> None:
    topics = shipped_topics()
    own = {topic: placed_ids([sheet]) for topic, sheet in SHEETS.items()}
    found = {id: topic_of(id, topics) for id in placed_ids(SHEETS.values())}
    assert [id for id, topic in found.items() if topic is None or id not in own[topic.id]] == []


def test_every_topic_has_a_sheet_with_formulas_and_pictures() -> None:
    assert set(SHEETS) == {topic.id for topic in shipped_topics()}
    for sheet in SHEETS.values():
        assert len(sheet.formulas) + len(sheet.gradients) >= 10
        assert any(section.pictures for section in sheet.sections)


def test_what_the_notes_get_wrong_has_its_place() -> None:
    printed = sum(wrong.printed for sheet in SHEETS.values() for formula in sheet.formulas for wrong in formula.wrong)
    slips = sum(len(section.errata) for sheet in SHEETS.values() for section in sheet.sections)
    assert (printed >= 30, slips >= 30) == (True, True)
