"""Adding a further right answer to a family's file, as text, so that the author's comments and order stay."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from chainrule import files
from questions.family import read_family

if TYPE_CHECKING:
    from questions.family import Family

HEAD = re.compile(r"^also:[ \t]*(#.*)?$", re.MULTILINE)
FLOW = re.compile(r"^also:[ \t]*\S", re.MULTILINE)


def family_file(id: str, folders: Sequence[Path] | None) -> Path:
    """The file that the question stands in. Raises InputError where there is none, or more than one."""
    from questions.bank import shipped_folder

    topic, _, name = id.partition(".")
    places = [Path(folder) / topic for folder in (folders if folders is not None else [shipped_folder()])]
    found = [path for place in places for end in ("yaml", "yml") if (path := place / f"{name}.{end}").is_file()]
    if len(found) != 1:
        raise files.InputError(f"{id}: came {len(found)} files of that name, expected one")
    return found[0]


def with_also(family: Family, text: str, *, part: str, answer: str, why: str, seed: int | None) -> str:
    """The file's text with one more line under `also`. Raises `FaultError` where the result is no family any more."""
    place = f"part: {part}, " if family.spec.parts else ""
    seeded = "" if seed is None else f"seed: {seed}, "
    quoted = {name: json.dumps(text, ensure_ascii=False) for name, text in (("answer", answer), ("why", why))}
    line = f"  - {{{place}{seeded}answer: {quoted['answer']}, why: {quoted['why']}}}"
    if (head := HEAD.search(text)) is not None:
        text = f"{text[: head.end()]}\n{line}{text[head.end() :]}"
    elif FLOW.search(text):
        raise files.InputError(f"{family.file}: `also` is written on one line there; put each of its entries on a line")
    else:
        text = f"{text.rstrip()}\nalso:\n{line}\n"
    read_family(text, family.file, topic=family.topic, name=family.id.partition(".")[2])
    return text


def add_also(family: Family, path: Path, *, part: str, answer: str, why: str, seed: int | None) -> Family:
    """The family with a further right answer, written to its file. Raises InputError, FaultError."""
    before = path.read_text(encoding="utf-8")
    text = with_also(family, before, part=part, answer=answer, why=why, seed=seed)
    files.write(path, text)
    return read_family(text, family.file, topic=family.topic, name=family.id.partition(".")[2])
