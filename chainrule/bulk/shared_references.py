"""Trained references that keys are made from: trained once here, and given to all who judge, so that keys agree."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from grader.errors import AuthorError

if TYPE_CHECKING:
    from questions.family import Family

Advance = Callable[[str, int, int], None]  # name, epochs done, epochs in all


@dataclass(frozen=True)
class SharedReference:
    """A file of the cache. name: of the file, which tells its content's key; digest: SHA-256 of the bytes."""

    name: str
    data: bytes = field(repr=False)
    digest: str


def references_of(families: Iterable[Family]) -> list[str]:
    """The names of the trained references that keys of these families are made from."""
    codes = (part.answer.code for family in families for part, _ in family.parts())
    return sorted({code.accuracy.reference for code in codes if code is not None and code.accuracy is not None})


def train_shared(names: Sequence[str], advance: Advance) -> list[SharedReference]:
    """These references from the cache, or trained now. Raises AuthorError."""
    from solutions.training import train

    found = []
    for name in names:
        path = train(name, "cpu", partial(_told, advance, name)).path
        data = path.read_bytes()
        found.append(SharedReference(path.name, data, hashlib.sha256(data).hexdigest()))
    return found


def _told(advance: Advance, name: str, done: int, total: int, loss: float) -> None:
    advance(name, done, total)


def put_references(references: Sequence[SharedReference]) -> None:
    """Puts the files into the cache here, where they are not. Raises AuthorError for what is damaged or does not go."""
    for one in references:
        if hashlib.sha256(one.data).hexdigest() != one.digest:
            raise AuthorError(f"{one.name} came damaged, so it is not kept; start the run again")
        _put(one)


def _put(one: SharedReference) -> None:
    from questions import case_store

    path = case_store.folder("references") / one.name
    if path.is_file() and path.read_bytes() == one.data:
        return
    case_store.put(path, lambda file: file.write(one.data))
    if not path.is_file() or path.read_bytes() != one.data:
        raise AuthorError(f"{path} cannot be written: set {case_store.VARIABLE} to a folder where it can")
