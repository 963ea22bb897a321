"""Reading blueprints: YAML files that say what an exam is made of, checked against the bank that is to fill them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from chainrule import files
from chainrule.exams.blueprint_schema import Blueprint
from chainrule.exams.fitting import first_short
from grader.errors import AuthorError
from questions.bank import BLUEPRINTS, shipped_folder, shown_path
from questions.document import Document
from questions.faults import Fault, FaultError, suggestion
from questions.strict_yaml import load
from questions.validation import validated

if TYPE_CHECKING:
    from questions.bank import Bank

DEFAULT = "course"


def load_blueprint(named: str | Path, bank: Bank, folders: Sequence[Path] = ()) -> Blueprint:
    """The blueprint of a file, or of a name such as `course`, which the bank can fill.

    folders: of banks of one's own, whose `blueprints/` come before the shipped ones. Raises AuthorError for an unknown
    name, files.InputError for a file that cannot be read, and `FaultError` with every fault by line and column.
    """
    path = named if isinstance(named, Path) else _found(named, folders)
    return read_blueprint(files.read(path), bank, shown_path(path))


def read_blueprint(text: str, bank: Bank, file: str = "blueprint") -> Blueprint:
    """The blueprint of a text, which the bank can fill. Raises `FaultError`; file: what its faults name."""
    document = load(text, file)
    blueprint = validated(Blueprint, document)
    if faults := list(_unknown_names(blueprint, bank, document)):
        raise FaultError(faults)
    if short := first_short(bank, blueprint):
        raise FaultError([document.fault(("sections", short.index), str(short))])
    return blueprint


def blueprint_files(folders: Sequence[Path] = ()) -> dict[str, Path]:
    """Name -> file of every blueprint beside the banks in `folders` and of those that come with this package."""
    places = [shipped_folder(), *reversed(folders)]
    return {path.stem: path for place in places for path in sorted((Path(place) / BLUEPRINTS).glob("*.yaml"))}


def _found(name: str, folders: Sequence[Path]) -> Path:
    known = blueprint_files(folders)
    if name in known:
        return known[name]
    if Path(name).suffix in (".yaml", ".yml") or Path(name).is_file():
        return Path(name)
    near = suggestion(name, known)
    raise AuthorError(
        f"there is no blueprint {name!r}.{near} Known: {', '.join(sorted(known))}; or give the path of a YAML file"
    )


def _unknown_names(blueprint: Blueprint, bank: Bank, document: Document) -> Iterator[Fault]:
    """Topics and families that the bank does not have."""
    topics = bank.topics()
    for i, section in enumerate(blueprint.sections):
        for j, topic in enumerate(section.topics):
            if topic not in topics:
                near = suggestion(topic, topics) or f" Known: {', '.join(topics)}"
                yield document.fault(("sections", i, "topics", j), f"there is no topic {topic!r}.{near}")
        for j, id in enumerate(section.families):
            if id not in bank.families:
                near = suggestion(id, bank.families) or " `chainrule topics` lists all ids."
                yield document.fault(("sections", i, "families", j), f"there is no question {id!r}.{near}")
