"""Blueprints of files, read once as long as the file is the same: a list of exams shows all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chainrule.exams.blueprint import load_blueprint
from chainrule.web.open_bank import open_bank

if TYPE_CHECKING:
    from pathlib import Path

    from chainrule.exams.blueprint_schema import Blueprint
    from chainrule.web.site import Site


class KeptBlueprints:
    """Those that a site's bank can fill without private families. It may be used from several threads."""

    def __init__(self) -> None:
        self._known: dict[Path, tuple[object, Blueprint]] = {}

    def of(self, site: Site, path: Path) -> Blueprint:
        """The blueprint of the file. Raises as `load_blueprint` does."""
        key = (path.stat().st_mtime_ns, site.private)
        known = self._known.get(path)
        if known is None or known[0] != key:
            known = self._known[path] = (key, load_blueprint(path, open_bank(site)))
        return known[1]
