"""The bank: every family of one or more folders."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from grader.errors import AuthorError
from questions.family import Family, read_family
from questions.faults import Fault, FaultError, listed, nearest
from questions.structures import check_structures
from questions.topics import FILE, Topic, read_topics, shipped_topics

SHEETS, BLUEPRINTS = "sheets", "blueprints"  # folders beside the topics that hold no families


class UnknownId(AuthorError):
    """There is no family of that id; `suggestions` are the nearest, best first."""

    def __init__(self, id: str, suggestions: Sequence[str]) -> None:
        near = listed([repr(known) for known in suggestions], joint="or")
        remedy = f"did you mean {near}?" if near else "`chainrule topics` lists all ids."
        super().__init__(f"there is no question {id!r}; {remedy}")
        self.id = id
        self.suggestions = tuple(suggestions)


@dataclass(frozen=True)
class Bank:
    """Families by id. faults: what kept other files from being loaded, in the order of their files."""

    families: dict[str, Family]
    faults: tuple[Fault, ...] = ()
    known_topics: tuple[Topic, ...] = field(default=(), repr=False)

    def family(self, id: str) -> Family:
        """The family of that id. Raises `UnknownId`, which names the nearest."""
        if id not in self.families:
            raise UnknownId(id, self._nearest(id))
        return self.families[id]

    def topics(self) -> dict[str, tuple[str, list[str]]]:
        """Topic -> (title, ids of its families), in the order of the course; topics without families are left out."""
        found: dict[str, list[str]] = {}
        for id, family in sorted(self.families.items()):
            found.setdefault(family.topic, []).append(id)
        titles = {topic.id: topic.title for topic in self.known_topics}
        order = [*(t for t in titles if t in found), *(t for t in found if t not in titles)]
        return {topic: (titles.get(topic, topic.replace("-", " ").capitalize()), found[topic]) for topic in order}

    def _nearest(self, id: str) -> list[str]:
        """Like ids, or ids with a like name under any topic."""
        by_name = {known.partition(".")[2]: known for known in self.families}
        like_name = [by_name[name] for name in nearest(id.rpartition(".")[2], by_name)]
        return list(dict.fromkeys([*nearest(id, self.families), *like_name]))[:3]


def load_bank(folders: Sequence[Path] | None = None) -> Bank:
    """The families under `folders` (each `topic/name.yaml`), or the shipped ones.

    A file that is wrong is listed in `faults`; the others are loaded. Raises AuthorError where a folder is missing.
    What formulas mean in every structure is read here for folders that are named. The shipped ones have passed it
    (`check_family` says so again), and reading them all would keep a student waiting.
    """
    families: dict[str, Family] = {}
    faults: list[Fault] = []
    for folder in folders if folders is not None else [shipped_folder()]:
        if not Path(folder).is_dir():
            raise AuthorError(f"{folder} is no folder; a bank is a folder of topics with question files in them")
        for path in _files(Path(folder)):
            try:
                family = read_file(path)
                _refuse_clash(family, families)
                if Path(folder) != shipped_folder():
                    check_structures(family)
                families[family.id] = family
            except FaultError as error:
                faults += error.faults
    return Bank(families, tuple(faults), _topics(folders))


def load_family(id: str, folders: Sequence[Path] | None = None) -> Family | None:
    """That family alone, without reading the other files; None where that takes the whole bank to settle.

    So it is where no file or more than one has the id, or the file is wrong: then `load_bank` says what there is.
    """
    found = files_of(id, folders)
    if len(found) != 1:
        return None
    try:
        family = read_file(found[0])
        if folders is not None:
            check_structures(family)
    except FaultError:
        return None
    return family


def files_of(id: str, folders: Sequence[Path] | None = None) -> list[Path]:
    """The files that have this id under the folders; none where it is no id."""
    topic, _, name = id.partition(".")
    if not all(part.replace("-", "_").isidentifier() for part in (topic, name)) or topic in (SHEETS, BLUEPRINTS):
        return []
    places = [Path(folder) / topic for folder in (folders if folders is not None else [shipped_folder()])]
    return [path for place in places for end in ("yaml", "yml") if (path := place / f"{name}.{end}").is_file()]


def read_file(path: Path) -> Family:
    """The family in a file; its id is `folder.name`. Raises `FaultError`."""
    file = shown_path(path)
    if not path.parent.name.replace("-", "_").isidentifier() or not path.stem.replace("-", "_").isidentifier():
        raise FaultError([Fault(file, 0, 0, "expected topic/name.yaml, both of small letters, digits and dashes")])
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise FaultError([Fault(file, 0, 0, f"cannot be read as UTF-8 text: {error}")]) from None
    return read_family(text, file, topic=path.parent.name, name=path.stem)


def shipped_folder() -> Path:
    """The folder of the families that come with this package."""
    return Path(__file__).parent


def shown_path(path: Path) -> str:
    """The path as an author knows it: from the current folder, where it lies below that."""
    relative = os.path.relpath(path)
    return str(path) if relative.startswith("..") else relative


def _files(folder: Path) -> Iterator[Path]:
    """Every question file of a bank, sorted. Files beside the topics, such as a saved quiz, are none."""
    for topic in sorted(folder.iterdir()):
        beside = topic.name in (SHEETS, BLUEPRINTS) or topic.name.startswith((".", "_"))
        if topic.is_dir() and not beside:
            yield from sorted(topic.glob("*.yaml"))
            yield from sorted(topic.glob("*.yml"))


def _topics(folders: Sequence[Path] | None) -> tuple[Topic, ...]:
    """The shipped topics, and those that the folders add."""
    topics = {topic.id: topic for topic in shipped_topics()}
    for folder in folders or ():
        if (Path(folder) / FILE).is_file():
            topics |= {topic.id: topic for topic in read_topics(Path(folder) / FILE)}
    return tuple(topics.values())


def _refuse_clash(family: Family, families: dict[str, Family]) -> None:
    if family.id in families:
        first = families[family.id].file
        raise FaultError([Fault(family.file, 0, 0, f"the id {family.id} is taken by {first}; rename one of the files")])
