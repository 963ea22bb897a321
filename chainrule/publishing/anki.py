"""A deck for Anki. A card keeps its identity from export to export, so that an import updates it in place."""

from __future__ import annotations

import hashlib
import io
import os
import tempfile
import time
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chainrule.files import InputError
from chainrule.publishing.anki_cards import Card, question_card, sheet_cards
from chainrule.publishing.archive import zipped
from chainrule.publishing.chosen import LeftOut
from chainrule.publishing.forms import Export, exported
from chainrule.publishing.svg_files import Pictures
from chainrule.publishing.written import Settings, Written, write_export

if TYPE_CHECKING:
    from chainrule.publishing.chosen import Chosen
    from questions.sheet_entries import Sheet

MODEL = 1_707_260_401  # of our kind of note, for ever
FIELDS = ("Front", "Back", "Source", "Key")
STYLE = """\
.card { font: 20px/1.5 sans-serif; text-align: left; max-width: 44rem; margin: 0 auto; padding: 0 1rem; }
pre { overflow-x: auto; font-size: 0.8em; } img { max-width: 100%; height: auto; }
blockquote { margin: 0 0 1em; padding-left: 1em; border-left: 3px solid #8b8f94; }
.source { color: #6b7280; font-size: 0.7em; }
"""


def write(settings: Settings, chosen: Chosen | None) -> Written:
    """Writes the deck: of the chosen questions, and of the formulas of sheets."""
    from questions.sheets import load_sheets

    sheets, faults = load_sheets(settings.folders, settings.sheets) if settings.sheets else ({}, ())
    if unknown := [topic for topic in settings.sheets if topic not in sheets]:
        why = f" ({faults[0]})" if faults else "; `chainrule topics` lists the topics"
        raise InputError(f"there is no sheet {unknown[0]!r}{why}")
    return write_export(settings, anki_deck(chosen, list(sheets.values()), at=exported_at()))


def exported_at() -> float:
    """The time of the export, which tells Anki whether cards are newer; SOURCE_DATE_EPOCH fixes it, and all bytes."""
    fixed = os.environ.get("SOURCE_DATE_EPOCH", "")
    return float(fixed) if fixed.isascii() and fixed.isdigit() else time.time()


def anki_deck(chosen: Chosen | None, sheets: Sequence[Sheet], *, at: float) -> Export:
    """The deck as the bytes of an .apkg file. Raises InputError where the library that makes decks is missing."""
    pictures = Pictures(lambda name: name)
    left_out: list[LeftOut] = []
    asked = chosen.asked() if chosen is not None else ()
    cards = list(exported(asked, lambda one: question_card(one, pictures), left_out))
    for sheet in sheets:
        cards += sheet_cards(sheet)
    name = chosen.quiz.title if chosen is not None and cards else ", ".join(sheet.title for sheet in sheets)
    return Export(_package(f"Chainrule::{name}", cards, pictures.files, at), len(cards), tuple(left_out))


def _package(name: str, cards: Sequence[Card], media: dict[str, bytes], at: float) -> bytes:
    genanki = _library()
    deck = genanki.Deck(_number(name), name)
    model = _model(genanki)
    for card in cards:
        guid = genanki.guid_for("chainrule", *card.key)
        fields = [str(card.front), str(card.back), str(_escaped(card.source)), str(_escaped(" ".join(card.key)))]
        deck.add_note(genanki.Note(model=model, fields=fields, guid=guid, tags=card.tags, sort_field=fields[3]))
    with tempfile.TemporaryDirectory(prefix="chainrule-") as folder:
        paths = [Path(folder) / name for name in sorted(media)]
        for path in paths:
            path.write_bytes(media[path.name])
        target = io.BytesIO()
        genanki.Package(deck, media_files=paths).write_to_file(target, timestamp=at)
    with zipfile.ZipFile(target) as archive:  # with the time of writing in it, which is left behind here
        return zipped({entry: archive.read(entry) for entry in archive.namelist()})


def _model(genanki: Any) -> Any:
    source = '<p class="source">{{Source}}</p>'
    return genanki.Model(
        MODEL,
        "Chainrule",
        fields=[{"name": field} for field in FIELDS],
        templates=[
            {
                "name": "Question",
                "qfmt": "{{Front}}",
                "afmt": f'{{{{FrontSide}}}}<hr id="answer">{{{{Back}}}}{source}',
            }
        ],
        css=STYLE,
        sort_field_index=FIELDS.index("Key"),
    )


def _escaped(text: str) -> Any:
    from markupsafe import escape

    return escape(text)


def _number(name: str) -> int:
    """The deck's number, by its name."""
    return (1 << 30) + int.from_bytes(hashlib.sha256(name.encode()).digest()[:4], "big") % (1 << 30)


def _library() -> Any:
    try:
        import genanki
    except ImportError:
        raise InputError("decks are made with genanki: pip install 'chainrule[anki]'") from None
    return genanki
