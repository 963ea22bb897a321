"""The deck: what is on its cards, and that a card is the same one from export to export."""

from __future__ import annotations

import io
import json
import re
import sqlite3
import zipfile
from pathlib import Path

import pytest
from published import chosen, few

pytest.importorskip("genanki")

from chainrule.publishing import anki_cards
from chainrule.publishing.anki import anki_deck, exported_at
from chainrule.publishing.forms import Export
from questions.sheets import load_sheets

AT = 1_750_000_000.0


def opened(made: Export, folder: Path) -> tuple[dict[str, tuple[list[str], str]], dict[str, bytes]]:
    """The notes by their guid, each with fields and tags, and the media by their names."""
    with zipfile.ZipFile(io.BytesIO(made.content)) as archive:
        (folder / "collection.db").write_bytes(archive.read("collection.anki2"))
        media = {name: archive.read(number) for number, name in json.loads(archive.read("media")).items()}
    connection = sqlite3.connect(folder / "collection.db")
    notes = {
        guid: (fields.split("\x1f"), tags)
        for guid, fields, tags in connection.execute("select guid, flds, tags from notes")
    }
    (cards,) = connection.execute("select count(*) from cards").fetchone()
    connection.close()
    assert cards == len(notes) == made.questions
    return notes, media


def test_each_part_is_a_card_with_its_solution_behind(tmp_path: Path) -> None:
    notes, media = opened(anki_deck(chosen(), [], at=AT), tmp_path)
    assert len(notes) == len(list(chosen().asked()))
    by_key = {fields[3]: (fields, tags) for fields, tags in notes.values()}
    fields, tags = by_key["question layers.softmax-cross-entropy 1 a"]
    assert r"\frac{\partial L}{\partial z}" in fields[0] and "softmax" not in fields[0]
    assert r"\[ \operatorname{softmax}\left(z\right) - t \]" in fields[1] and "Typical mistakes" in fields[1]
    assert {"chainrule::layers", "chainrule::formula"} <= set(tags.split())
    shown = set(re.findall(r'src="([^"]+)"', "".join(text for fields, _ in notes.values() for text in fields)))
    assert shown and shown == set(media) and all(content.startswith(b"<svg ") for content in media.values())


def test_cards_are_the_same_in_a_second_export_and_after_a_text_was_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = anki_deck(chosen(), [], at=AT)
    assert anki_deck(chosen(), [], at=AT).content == first.content
    monkeypatch.setattr(anki_cards, "solution_html", lambda *_: "another solution")
    changed = opened(anki_deck(chosen(), [], at=AT + 60), tmp_path)[0]
    assert set(changed) == set(opened(first, tmp_path)[0])
    assert all("another solution" in fields[1] for fields, _ in changed.values())


def test_another_variant_is_another_card(tmp_path: Path) -> None:
    decks = [few("convolution.output-size@7"), few("convolution.output-size@8")]
    guids = [set(opened(anki_deck(deck, [], at=AT), tmp_path)[0]) for deck in decks]
    assert not guids[0] & guids[1]


def test_formulas_of_a_sheet_are_cards_without_the_formula_in_front(tmp_path: Path) -> None:
    sheets, _ = load_sheets(topics=("layers",))
    notes, _ = opened(anki_deck(None, [sheets["layers"]], at=AT), tmp_path)
    entries = [entry for section in sheets["layers"].sections for entry in section.formulas]
    assert len(notes) == len(entries)
    backs = "".join(fields[1] for fields, _ in notes.values())
    assert all(fields[0].startswith("<h3>") for fields, _ in notes.values())
    assert backs.count(r"\[") >= len(entries)


def test_the_time_of_an_export_can_be_fixed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert exported_at() == 1_700_000_000
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    assert exported_at() > 1_760_000_000
