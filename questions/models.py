"""Model answers to code questions: source texts as a student would hand them in."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import Lock

# Where two threads parse at once, Python may fail: "AST constructor recursion depth mismatch".
_ONE_AT_A_TIME = Lock()
_HEADER = """import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


"""


@dataclass(frozen=True)
class Definition:
    """A function or class: its text, and the names that it uses."""

    text: str
    uses: frozenset[str]


def model_answer(entry: str, *others: str, near: Sequence[str] = ()) -> str:
    """The function or class of that name in `solutions/worked_*.py` as a file of its own.

    others: further functions that the file must have. What they use of the same module comes with them.
    near: modules that are asked first. '' where no module has it, or several have it and none of them is near.
    Read as text and never run here.
    """
    having = {name: module for name, module in _modules().items() if entry in module}
    chosen = [having[name] for name in near if name in having] or list(having.values() if len(having) == 1 else ())
    if not chosen:
        return ""
    names = [name for name in chosen[0] if name in _reached(chosen[0], (entry, *others))]
    return _HEADER + "\n\n".join(chosen[0][name].text for name in names)


def _reached(module: dict[str, Definition], start: tuple[str, ...]) -> set[str]:
    """The definitions that are needed, directly or not."""
    found: set[str] = set()
    waiting = [name for name in start if name in module]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += [used for used in module[name].uses if used in module]
    return found


def _modules() -> dict[str, dict[str, Definition]]:
    with _ONE_AT_A_TIME:
        return _read_modules()


@lru_cache(maxsize=1)
def _read_modules() -> dict[str, dict[str, Definition]]:
    import solutions

    files = sorted(Path(solutions.__file__).parent.glob("worked_*.py"))
    return {file.stem: dict(_definitions(file.read_text(encoding="utf-8"))) for file in files}


def _definitions(text: str) -> Iterator[tuple[str, Definition]]:
    lines = text.splitlines(keepends=True)
    for node in ast.parse(text).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            used = frozenset(inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name))
            yield node.name, Definition("".join(lines[node.lineno - 1 : node.end_lineno]), used)
