"""Adding a further right answer to a family's file, as text, so that the author's comments and order stay."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from chainrule import files
from chainrule.grading import grade
from grader.verdict import Outcome
from questions.family import read_family

if TYPE_CHECKING:
    from questions.family import Family
    from questions.variant import Part

LETTERED = frozenset({"choice", "statements", "ordering"})
NUMBERS = frozenset({"number", "integer", "shape"})
LAST = 0xFFFF  # of the signs that have an escape of four digits

HEAD = re.compile(r"^also:[ \t]*(#.*)?$", re.MULTILINE)
ENTRY = re.compile(r"(?:[ \t]*(?:#.*)?\n)*([ ]*)-")
FLOW = re.compile(r"^also:[ \t]*\S", re.MULTILINE)


def family_file(id: str, folders: Sequence[Path] | None) -> Path:
    """The file that the question stands in. Raises InputError where there is none, or more than one."""
    from questions.bank import files_of

    found = files_of(id, folders)
    if len(found) != 1:
        raise files.InputError(f"{id}: came {len(found)} files of that name, expected one")
    return found[0]


def with_also(family: Family, text: str, *, part: str, answer: str, why: str, seed: int | None) -> str:
    """The file's text with one more line under `also`. Raises `FaultError` where the result is no family any more."""
    place = f"part: {part}, " if family.spec.parts else ""
    seeded = "" if seed is None else f"seed: {seed}, "
    line = f"- {{{place}{seeded}answer: {_quoted(answer)}, why: {_quoted(why)}}}"
    if (head := HEAD.search(text)) is not None:
        entry = ENTRY.match(text, head.end())
        text = f"{text[: head.end()]}\n{entry[1] if entry else '  '}{line}{text[head.end() :]}"
    elif FLOW.search(text):
        raise files.InputError(f"{family.file}: `also` is written on one line there; put each of its entries on a line")
    else:
        text = f"{text.rstrip()}\nalso:\n  {line}\n"
    read_family(text, family.file, topic=family.topic, name=family.id.partition(".")[2])
    return text


def add_also(
    family: Family, path: Path, *, part: str, answer: str, why: str, seed: int, for_all: bool = False
) -> Family:
    """The family with a further right answer, written to its file; unchanged where the answer is right already.

    seed: of the variant that was answered. for_all: right for all others too. Raises InputError, FaultError; then the
    file stays as it was.
    """
    if _outcome(family, part, answer, seed) is Outcome.RIGHT:
        return family
    if for_all:
        _refuse_for_all(family, family.draw(seed).part(part))
    before = files.read(path)
    text = with_also(family, before, part=part, answer=answer, why=why, seed=None if for_all else seed)
    repaired = read_family(text, family.file, topic=family.topic, name=family.id.partition(".")[2])
    if (outcome := _outcome(repaired, part, answer, seed)) is not Outcome.RIGHT:
        raise files.InputError(
            f"{family.id}: {answer!r} would be {outcome.value} even as a further answer, since its form is not that "
            f"of the key; repair the question itself, then `chainrule regrade --family {family.id}`"
        )
    files.write(path, text)
    return repaired


def _outcome(family: Family, part: str, answer: str, seed: int) -> Outcome:
    return grade(family.draw(seed).part(part), answer).outcome


def _refuse_for_all(family: Family, part: Part) -> None:
    """An answer that names values or letters of one variant is not right for the others."""
    if part.kind in LETTERED or (part.kind in NUMBERS and family.spec.draw):
        what = "its letters" if part.kind in LETTERED else "its numbers"
        raise files.InputError(f"{family.id}: {what} differ from variant to variant; accept it without --for-all")


def _quoted(text: str) -> str:
    """The text in double quotes, as YAML reads it back: what does not print is escaped."""
    quoted = json.dumps(text, ensure_ascii=False)
    return "".join(sign if sign.isprintable() or ord(sign) > LAST else f"\\u{ord(sign):04x}" for sign in quoted)
