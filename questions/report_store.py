"""Reports of checks on disk: what was checked and kept every promise is not checked again while nothing changed.

A report's name is decided by all that it rests on: the family's file, the seeds, the sources of `grader` and
`questions`, those modules of `solutions` that the family names, with what they import, and the packages' versions.
"""

from __future__ import annotations

import ast
import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

from grader.verdict import Evidence
from questions.case_store import digest, folder, put
from questions.check import Report

KIND = "reports"  # of files in the cache
PACKAGES = ("numpy", "sympy", "torch")
ALWAYS = ("arrays", "autograd", "cache", "estimation", "registry", "training")  # modules that checks use by themselves


def name_of(text: str, seeds: Sequence[int]) -> str:
    """A name for the report on a family's file with these seeds."""
    return digest(text, list(seeds), _engine(), _solutions(_named_modules(text)), _versions())


def load(name: str) -> Report | None:
    """The report of that name, None where there is none that can be read."""
    try:
        data = json.loads((folder(KIND) / f"{name}.json").read_text(encoding="utf-8"))
        proofs = {part: Evidence(value) for part, value in data["proofs"].items()}
        return Report(data["family"], tuple(data["seeds"]), (), data["variants"], data["active"], proofs)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def save(name: str, report: Report) -> None:
    """Keeps a report without broken promises; where nothing can be written, nothing is."""
    if report.broken:
        return
    proofs = {part: evidence.value for part, evidence in report.proofs.items()}
    data: dict[str, Any] = {"family": report.family, "seeds": report.seeds, "variants": report.variants}
    text = json.dumps({**data, "active": report.active, "proofs": proofs})
    put(folder(KIND) / f"{name}.json", lambda file: file.write(text.encode()))


@cache
def _engine() -> str:
    """A digest of the sources that every check rests on, and of the data beside them."""
    import grader
    import questions

    homes = [Path(package.__file__).parent for package in (grader, questions) if package.__file__]
    files = [file for home in homes for file in sorted(home.rglob("*.py"))]
    files += sorted(homes[1].glob("*.yaml"))
    return _digest_of(files)


@cache
def _versions() -> tuple[str, ...]:
    return tuple(metadata.version(package) for package in PACKAGES)


def _named_modules(text: str) -> frozenset[str]:
    """The modules of `solutions` that a family's file names, and perhaps words that look like one."""
    return frozenset(re.findall(r"\b([a-z_][a-z0-9_]*)\.[A-Za-z_]", text)) | frozenset(ALWAYS)


@cache
def _solutions(named: frozenset[str]) -> str:
    """A digest of these modules' sources and of all that they import from `solutions`."""
    import solutions

    home = Path(solutions.__file__ or "").parent
    waiting, found = [home / f"{name}.py" for name in sorted(named)], set[Path]()
    while waiting:
        file = waiting.pop()
        if file.is_file() and file not in found:
            found.add(file)
            waiting += _imported(file, home)
    return _digest_of(sorted(found))


def _imported(file: Path, home: Path) -> list[Path]:
    """The files of `solutions` that a file of it imports, at the top or inside a function."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    names: list[str] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    inside = [name.split(".")[1:] for name in names if name.split(".")[0] == "solutions"]
    return [home.joinpath(*path).with_suffix(".py") for path in inside if path]


def _digest_of(files: Iterable[Path]) -> str:
    found = hashlib.sha256()
    for file in files:
        found.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return found.hexdigest()
