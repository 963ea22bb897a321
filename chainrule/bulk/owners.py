"""Whose each file and folder of a class is: by the platform's names, by its metadata, and by the roster."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import PurePosixPath

from chainrule.bulk.platforms import METADATA, Named, Submitter, named, submitters
from chainrule.bulk.records import Student
from chainrule.bulk.roster import Roster, plain
from chainrule.bulk.sources import Source, decoded
from chainrule.bulk.taking import KINDS, PACKED

STRANGER = "the name under which this was handed in is not in the class list"


@dataclass
class Owned:
    """What one student handed in, as names at the top of a source; filled while those are read.

    names: name at the top -> the name as handed in, '' for a folder.
    """

    student: Student
    names: dict[str, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    late: bool = False
    at: str = ""


def owners(source: Source, roster: Roster | None) -> list[Owned]:
    """What there is by student, sorted by id; with a roster also those who handed in nothing."""
    found: dict[str, Owned] = {one.id: Owned(one) for one in roster.students} if roster else {}
    people = _metadata(source)
    for name, is_folder in source.names().items():
        if name in people and is_folder:
            for one in people[name]:
                _gradescope(found, name, one, roster)
        elif name != METADATA:
            _by_name(found, name, is_folder, roster)
    return sorted(found.values(), key=lambda owned: owned.student.id)


def _metadata(source: Source) -> dict[str, tuple[Submitter, ...]]:
    stream = source.metadata()
    if stream is None:
        return {}
    with stream as lines:
        return dict(submitters(lines))


def _gradescope(found: dict[str, Owned], name: str, one: Submitter, roster: Roster | None) -> None:
    known = roster and next((s for key in (one.sid, one.email, one.name) if key and (s := roster.named(key))), None)
    student = known or Student(one.sid or one.email or one.name or name, one.name, one.email)
    owned = _owned(found, student, known=bool(known) or roster is None)
    owned.names[name] = ""
    owned.at = max(owned.at, one.at, key=_moment)


def _by_name(found: dict[str, Owned], name: str, is_folder: bool, roster: Roster | None) -> None:
    about = named(decoded(name), folder=is_folder)
    if about.ignored or not about.name or not (is_folder or about.platform or _holds_answers(name)):
        return  # what lies beside the submissions, such as a list of the class
    known = _student(about, roster) if roster else None
    owned = _owned(found, known or _unlisted(about, roster), known=bool(known) or roster is None)
    owned.names[name] = "" if is_folder else about.file
    owned.late |= about.late


def _student(about: Named, roster: Roster) -> Student | None:
    if about.platform:
        return roster.on_platform(about.id, about.name)
    return roster.named(about.name) or roster.begun_by(about.name)


def _unlisted(about: Named, roster: Roster | None) -> Student:
    """Somebody of that name, under an id that nobody of the roster has: numbers of platforms may be anybody's id."""
    taken = roster is not None and about.id and plain(about.id) in roster.ids
    id = f"{about.platform} {about.id}" if taken else about.id or about.name
    return Student(id, about.name if about.platform else "", platform_id=about.id)


def _owned(found: dict[str, Owned], student: Student, *, known: bool) -> Owned:
    owned = found.setdefault(student.id, Owned(student))
    if not known and STRANGER not in owned.problems:
        owned.problems.append(STRANGER)
    return owned


def _holds_answers(name: str) -> bool:
    """True for a file that somebody may have handed in as it is."""
    kind = PurePosixPath(name).suffix.lower()
    return kind == ".zip" or kind in PACKED or (kind in KINDS and kind not in {".txt", ".md", ".tex"})


def _moment(at: str) -> datetime:
    return datetime.fromisoformat(at) if at else datetime.min.replace(tzinfo=UTC)


def wrapped(name: str, inner: dict[str, bool], roster: Roster | None) -> bool:
    """True where a folder that lies alone is one around all submissions. inner: the names in it.

    Else it is what one student handed in.
    """
    around = named(decoded(name), folder=True)
    within = [named(decoded(one), folder=folder) for one, folder in inner.items()]
    if METADATA in inner or any(one.platform for one in within):
        return True
    if around.platform or (roster and _student(around, roster)):
        return False
    if roster:
        return any(_student(one, roster) for one in within)
    handed_in = [one for one, folder in inner.items() if folder or _holds_answers(one)]
    return len(handed_in) > 1 and all(inner[one] or one.lower().endswith(".zip") for one in handed_in)
