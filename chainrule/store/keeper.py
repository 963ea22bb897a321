"""What a session needs of a store: a place where records are kept."""

from __future__ import annotations

from typing import Protocol

from chainrule.store.records import Record


class Keeper(Protocol):
    """Where records go; they are safe when `add` returns."""

    def add(self, *records: Record) -> object: ...
