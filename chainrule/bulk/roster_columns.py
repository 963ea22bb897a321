"""Which column of a class list holds what, as people and platforms name them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from unicodedata import normalize

HEADS = "id,name,email,canvas id"
FIELDS = ("id", "name", "email", "platform_id")

KNOWN: Mapping[str, Sequence[str]] = {
    "id": "id, student id, sid, student number, matriculation number, id number, username, login, student".split(", "),
    "name": "name, full name, student name".split(", "),
    "first": "first name, given name, firstname".split(", "),
    "last": "last name, surname, family name, lastname".split(", "),
    "email": "email, email address, e-mail, mail".split(", "),
    "platform_id": "platform id, canvas id, moodle id, canvas user id, participant, user id, identifier".split(", "),
}  # the first that is there counts
CANVAS: Mapping[str, Sequence[str]] = {
    "id": ["sis user id", "sis login id"],
    "name": ["student"],
    "email": ["email"],
    "platform_id": ["id"],
}  # a gradebook that Canvas exports


def columns(heads: Sequence[str]) -> dict[str, int]:
    """The column of each thing that the heads name."""
    written = [" ".join(re.split(r"[\s_]+", head.strip().casefold())) for head in heads]
    known = CANVAS if {"sis user id", "sis login id"} & set(written) and "id" in written else KNOWN
    return {
        what: written.index(found)
        for what, names in known.items()
        if (found := next((name for name in names if name in written), None))
    }


def cells_of(row: Sequence[str], places: Mapping[str, int]) -> dict[str, str] | None:
    """What the row says of each of `FIELDS`, '' for nothing; None where it is of no student."""
    composed = {what: normalize("NFC", row[place]) for what, place in places.items() if place < len(row)}
    cells = {what: " ".join(cell.split()) for what, cell in composed.items()}
    whole = f"{cells.get('first', '')} {cells.get('last', '')}".strip()
    found = {what: cells.get(what, "") for what in FIELDS}
    found["name"] = found["name"] or whole
    found["platform_id"] = found["platform_id"].removeprefix("Participant ")  # as in Moodle's grading worksheet
    empty = not any(cell.strip() for cell in row)
    return None if empty or found["name"] == "Points Possible" else found  # a line of Canvas below the heads
