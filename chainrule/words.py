"""The words of printed pages by language: one file each, `templates/words/<language>.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from grader.errors import AuthorError

# Beside this package, in the tree and in an installation alike.
FOLDER = Path(__file__).resolve().parent.parent / "templates" / "words"
DEFAULT = "en"


def languages() -> tuple[str, ...]:
    """The languages that there are words for."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.yaml")))


@cache
def words(language: str = DEFAULT) -> Mapping[str, Any]:
    """Key -> text, some with places `{name}`. Raises AuthorError for a language that there are no words for."""
    import yaml

    if language not in languages():
        raise AuthorError(f"no words for the language {language!r}; there are: {', '.join(languages())}")
    found: dict[str, Any] = yaml.safe_load((FOLDER / f"{language}.yaml").read_text(encoding="utf-8"))
    return MappingProxyType(found)
