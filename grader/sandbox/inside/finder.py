"""Finds exactly the packages that a question allows, each at a known place: `site-packages` is never searched."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_file_location
from types import ModuleType


class AllowedPackages:
    """An entry of `sys.meta_path`. places: top-level name -> its file (`.../numpy/__init__.py`, `.../name.py`)."""

    def __init__(self, places: Mapping[str, str]) -> None:
        self.places = dict(places)

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Where `name` is loaded from; None leaves it to the others (modules inside a package have its `path`)."""
        place = self.places.get(name)
        if place is None or path is not None:
            return None
        folder, _, file = place.rpartition(os.sep)
        inside = [folder] if file == "__init__.py" else None
        return spec_from_file_location(name, place, submodule_search_locations=inside)
