"""Who handed in what, told from names as learning platforms give them to files and folders."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any, BinaryIO

CANVAS = re.compile(
    r"(?P<name>[^_]+)(?P<late>_LATE)?_(?P<id>\d{1,20})_(?P<submission>\d{1,20})_(?P<file>.+)", re.DOTALL
)
MOODLE = re.compile(r"(?P<name>.+)_(?P<id>\d{1,20})_assignsubmission_(?P<plugin>[a-z]+)_?(?P<file>.*)", re.DOTALL)
GRADESCOPE = re.compile(r"submission_\d{1,20}")
METADATA = "submission_metadata.yml"
MOST_METADATA = 5_000_000  # letters about one submission
LONGEST = 200  # letters of an id that a name gives


@dataclass(frozen=True)
class Named:
    """What the name of a file or folder tells. id: of the platform, '' elsewhere; file: the name as handed in."""

    platform: str  # canvas, moodle, or '' for a plain name
    name: str
    id: str = ""
    late: bool = False
    file: str = ""
    ignored: bool = False  # a teacher's comments, which no student handed in


@dataclass(frozen=True)
class Submitter:
    """One of those who handed in a submission on Gradescope."""

    name: str
    email: str
    sid: str
    at: str = ""


def named(name: str, *, folder: bool) -> Named:
    """Who handed in a file or folder of that name."""
    if found := MOODLE.fullmatch(name):
        comments = found["plugin"] == "comments"
        return Named("moodle", _spaced(found["name"]), found["id"], file=found["file"] or name, ignored=comments)
    if not folder and (found := CANVAS.fullmatch(name)):
        return Named("canvas", found["name"], found["id"], bool(found["late"]), found["file"])
    stem = name if folder else PurePosixPath(name).stem
    return Named("", _spaced(stem), file=name)


def _spaced(name: str) -> str:
    """The name without control characters and spaces around it, not longer than an id may be.

    Letters are composed alike, since some systems take `ü` apart and the id decides a student's numbers.
    """
    composed = unicodedata.normalize("NFC", name)
    return "".join(letter for letter in composed if letter.isprintable()).strip()[:LONGEST].strip()


def submitters(stream: BinaryIO) -> Iterator[tuple[str, tuple[Submitter, ...]]]:
    """The folder of each submission with those who handed it in, from Gradescope's metadata.

    The file holds outputs and histories too and grows with the class, so it is read submission by submission; one that
    cannot be read is left out.
    """
    block: list[str] = []
    size = 0
    for raw in stream:
        line = raw.decode("utf-8", errors="replace")
        if line[:1] not in (" ", "\t", "\n", "\r", "-", "#"):
            yield from _submission(block)
            block, size = [], 0
        size += len(line)
        if size <= MOST_METADATA:
            block.append(line)
    yield from _submission(block)


def _submission(lines: list[str]) -> Iterator[tuple[str, tuple[Submitter, ...]]]:
    import yaml

    try:
        data = yaml.load("".join(lines), Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))  # text alone, no objects
    except (yaml.YAMLError, RecursionError, ValueError):
        return
    for folder, about in data.items() if isinstance(data, dict) else ():
        listed = about.get(":submitters") if isinstance(about, dict) else None
        people = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
        if GRADESCOPE.fullmatch(str(folder)) and people:
            yield str(folder), tuple(_submitter(one, str(about.get(":created_at", ""))) for one in people)


def _submitter(one: Mapping[str, Any], at: str) -> Submitter:
    name, email, sid = (_spaced(str(one.get(key) or "")) for key in (":name", ":email", ":sid"))
    return Submitter(name, email, sid, _iso(at))


def _iso(text: str) -> str:
    """`2027-01-18 17:40:08.1 Z` in ISO format, '' for what is none."""
    found = re.sub(r"\s*(UTC|Z)$", "+00:00", text.strip())
    try:
        moment = datetime.fromisoformat(re.sub(r"(\.\d{6})\d+", r"\1", found).replace(" +", "+").replace(" -", "-"))
    except ValueError:
        return ""
    return moment.isoformat() if moment.tzinfo else ""
