"""The condition that a server is in."""

from __future__ import annotations

import shutil
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chainrule import __version__
from chainrule.store.errors import StoreError

if TYPE_CHECKING:
    from chainrule.store.store import Store
    from chainrule.web.site import Site

LEAST = 200_000_000  # bytes that must be free on the disk


@dataclass(frozen=True)
class Condition:
    """store: whether it can be written. judging: whether answers are judged. disk: whether it has room."""

    store: bool
    judging: bool
    disk: bool

    @property
    def well(self) -> bool:
        """Whether all is well."""
        return self.store and self.judging and self.disk

    def to_json(self) -> dict[str, Any]:
        """For whoever watches."""
        return {"well": self.well, "version": __version__} | asdict(self)


def condition(site: Site) -> Condition:
    """The condition at present."""
    return Condition(_writable(site.store), site.judging.healthy(), _room(site.store))


def _writable(store: Store) -> bool:
    """Whether a transaction that writes can begin and end."""
    try:
        with store.writing():
            return True
    except StoreError:
        return False


def _room(store: Store) -> bool:
    """Whether the disk of the store has room; that of another machine is not ours to judge."""
    if "://" in store.name:
        return True
    try:
        return shutil.disk_usage(Path(store.name).parent).free >= LEAST
    except OSError:
        return False
