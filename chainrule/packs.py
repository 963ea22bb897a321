"""Banks that other packages bring: entry points of the group `chainrule.banks`, each naming a package."""

from __future__ import annotations

from importlib.metadata import EntryPoint, entry_points
from importlib.util import find_spec
from pathlib import Path

from grader.errors import AuthorError

GROUP = "chainrule.banks"


def installed_banks() -> list[Path]:
    """The folders of the installed banks, by name. Nothing of them is imported but the packages that they lie within.

    Raises AuthorError for an entry point that names no folder.
    """
    return [_folder(point) for point in sorted(entry_points(group=GROUP), key=lambda point: point.name)]


def _folder(point: EntryPoint) -> Path:
    """`my_questions` or `my_package.questions`: the folder of that package, also without an __init__.py."""
    try:
        spec = find_spec(point.value)
    except (ImportError, ValueError) as error:
        raise AuthorError(f"the installed bank {point.name!r} cannot be found at {point.value!r}: {error}") from None
    places = list(spec.submodule_search_locations or ()) if spec else []
    if not places:
        what = f"the installed bank {point.name!r}: {point.value!r}"
        raise AuthorError(f"{what} is no package with a folder; name one that holds topics")
    return Path(places[0])
