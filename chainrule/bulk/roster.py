"""The list of a class: who is in it, and under which names they hand in."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from chainrule import files
from chainrule.bulk.records import Student
from chainrule.bulk.roster_columns import HEADS, cells_of, columns
from chainrule.files import InputError

MOST = 200_000  # students
MAX_BYTES = 100_000_000


@dataclass(frozen=True)
class Roster:
    """Students in the order of their file.

    ids: each by the id. platform_ids: by the number that the platform gave. others: by whatever else tells them apart.
    """

    students: tuple[Student, ...]
    ids: Mapping[str, Student] = field(repr=False)
    platform_ids: Mapping[str, Student] = field(repr=False)
    others: Mapping[str, Student] = field(repr=False)

    def named(self, name: str) -> Student | None:
        """The student whose id, number, address or name it is, however it is spelled."""
        spelled = plain(name)
        return self.ids.get(spelled) or self.platform_ids.get(spelled) or self.others.get(folded(name))

    def begun_by(self, name: str) -> Student | None:
        """The student whom the name begins with, up to a letter that no word has: `alice_hw1` is alice's."""
        cuts = [found.start() for found in re.finditer(r"[\W_]", name)]
        return next((found for cut in reversed(cuts) if (found := self.named(name[:cut]))), None)

    def on_platform(self, platform_id: str, *names: str) -> Student | None:
        """The student of that number on the platform; where there are no such numbers, of one of these names."""
        found = self.platform_ids.get(plain(platform_id))
        return found or next((one for name in names if name and (one := self.named(name))), None)


def read_roster(path: Path) -> Roster:
    """The students in a CSV file whose first line names its columns. Raises InputError with the line."""
    text = files.read(path, most=MAX_BYTES)
    if not text.strip():
        raise InputError(f"{path}: it is empty; expected a line such as {HEADS}, then a line for each student")
    first = text.split("\n", 1)[0]
    separator = max(",;\t", key=first.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        return roster_of(_students(rows, path), path)
    except csv.Error as error:
        raise InputError(f"{path}:{rows.line_num}: not a CSV file: {error}") from None


def _students(rows: Iterable[list[str]], path: Path) -> Iterator[Student]:
    reader = enumerate(rows, start=1)
    _, heads = next(reader)
    places = columns(heads)
    if not {"id", "email", "platform_id"} & places.keys():
        came = ", ".join(heads)[:200]
        raise InputError(f"{path}:1: no column tells students apart; came {came}; expected a line such as {HEADS}")
    for number, row in reader:
        cells = cells_of(row, places)
        if cells is None:
            continue
        id = cells["id"] or cells["email"] or cells["platform_id"]
        if not folded(id):
            raise InputError(f"{path}: row {number} has no id; every student needs one that tells them apart")
        yield Student(id, cells["name"], cells["email"], cells["platform_id"])


def roster_of(students: Iterable[Student], path: Path) -> Roster:
    """The roster of these students. Raises InputError where two have the same id. path: named in errors."""
    ids: dict[str, Student] = {}
    for student in students:
        if plain(student.id) in ids:
            raise InputError(f"{path}: the id {student.id!r} is given twice; give each student an id of their own")
        if len(ids) == MOST:
            raise InputError(f"{path}: more than {MOST} students, which is the most that are read")
        ids[plain(student.id)] = student
    if not ids:
        raise InputError(f"{path}: no students; expected a line for each below the first")
    numbers = _alone((plain(one.platform_id), one) for one in ids.values())
    return Roster(tuple(ids.values()), ids, numbers, _alone(_names(ids.values())))


def _names(students: Iterable[Student]) -> Iterator[tuple[str, Student]]:
    """What each may be called; both orders of a name, since Canvas writes the last name first."""
    for one in students:
        words = one.name.replace(",", " ").split()
        turned = [" ".join([*words[cut:], *words[:cut]]) for cut in range(len(words))]
        for name in (one.id, one.email, one.email.partition("@")[0], *turned):
            yield folded(name), one


def _alone(named: Iterable[tuple[str, Student]]) -> dict[str, Student]:
    """Students by names; a name that two share tells nobody apart."""
    found: dict[str, set[Student]] = {}
    for name, student in named:
        if name:
            found.setdefault(name, set()).add(student)
    return {name: next(iter(those)) for name, those in found.items() if len(those) == 1}


def plain(name: str) -> str:
    """The name in small letters, composed alike, without spaces around it."""
    return unicodedata.normalize("NFKC", name).casefold().strip()


def folded(name: str) -> str:
    """The name in letters and digits alone, so that `O'Neil, Ann` and `oneilann` are one."""
    return re.sub(r"[\W_]+", "", plain(name))
