"""One answer to one question of a server: code, or any other text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from chainrule import files
from chainrule.files import InputError
from chainrule.submissions import Submission, read_submission

if TYPE_CHECKING:
    from chainrule.remote.client import Remote
    from questions.bank import Bank


def item_of(remote: Remote, id: str) -> Any:
    """A question that was asked there before."""
    return remote.get(f"/items/{quote(id.strip(), safe='')}")


def part_of(item: Any, wanted: str | None) -> Any:
    """The part that is answered: the one that is named, the only one, or the only one that asks for code.

    Raises InputError where that is not clear.
    """
    parts = {part["id"]: part for part in item["parts"]}
    code = [part for part in parts.values() if part["kind"] == "code"]
    if wanted is not None and wanted in parts:
        return parts[wanted]
    if wanted is None and (len(parts) == 1 or len(code) == 1):
        return code[0] if code else next(iter(parts.values()))
    said = f"has no part {wanted!r}" if wanted is not None else "has several parts"
    raise InputError(f"{item['family']} {said}; name one of {', '.join(parts)} with --part")


def answer_of(path: Path, item: Any, part: Any, open_bank: Callable[[], Bank]) -> Submission:
    """The answer in a file; of a notebook or a folder the code that is asked for, by the question in one's own bank."""
    if part["kind"] != "code" or (path.suffix not in {".ipynb"} and not path.is_dir()):
        return Submission(files.read(path), path)
    family = open_bank().families.get(item["family"])
    if family is None or family.version != item["version"]:
        raise InputError(f"{path}: {item['family']} is not in your bank as it is on the server; give a Python file")
    return read_submission(path, family.draw(item["seed"]).part(part["id"]), item["family"])
