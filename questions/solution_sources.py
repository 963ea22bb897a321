"""The sources in `solutions` that results rest on, read without importing them."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from grader.sources import files_digest


def solutions_digest(modules: Iterable[str]) -> str:
    """A digest of these modules of `solutions` and of all that they import from it; other words count for nothing."""
    return _digest(_home(), frozenset(modules))


def _home() -> Path:
    import solutions

    return Path(solutions.__file__ or "").parent


@cache
def _digest(home: Path, modules: frozenset[str]) -> str:
    waiting, found = [home / f"{name}.py" for name in modules], set[Path]()
    while waiting:
        file = waiting.pop()
        if file.is_file() and file not in found:
            found.add(file)
            waiting += _imported(file, home)
    return files_digest(home, found)


@cache
def _imported(file: Path, home: Path) -> tuple[Path, ...]:
    """The files of `solutions` that a file of it imports, at the top or inside a function."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    names: list[str] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    inside = [name.split(".")[1:] for name in names if name.split(".")[0] == "solutions"]
    return tuple(home.joinpath(*path).with_suffix(".py") for path in inside if path)
