"""An order in which topics alternate."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Entry(Generic[T]):
    """Something to place. name: its own; after: names that come before it, where they are among the entries."""

    value: T
    name: str
    topic: str
    after: frozenset[str] = frozenset()


def interleaved(entries: Sequence[Entry[T]]) -> tuple[T, ...]:
    """The values, as near to the given order as it can be with no topic twice in a row.

    Where one topic has more than half of the entries, as few repeats as possible. `after` goes before both.
    """
    left = list(entries)
    placed: list[Entry[T]] = []
    while left:
        chosen = _next(left, placed[-1].topic if placed else "")
        left.remove(chosen)
        placed.append(chosen)
    return tuple(entry.value for entry in placed)


def _next(left: Sequence[Entry[T]], last: str) -> Entry[T]:
    waiting = {entry.name for entry in left}
    free = [entry for entry in left if not entry.after & waiting] or list(left)  # a circle is taken as it comes
    topic, count = Counter(entry.topic for entry in left).most_common(1)[0]
    if 2 * count > len(left) and topic != last:  # later it would no longer fit between the others
        free = [entry for entry in free if entry.topic == topic] or free
    return next((entry for entry in free if entry.topic != last), free[0])
