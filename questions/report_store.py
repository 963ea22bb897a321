"""Reports of checks on disk: what was checked and kept every promise is not checked again while nothing changed.

A report's name is decided by all that it rests on: the family's file, the seeds, the sources of `grader` and
`questions`, those modules of `solutions` that the family names, with what they import, and the packages' versions.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from grader.sources import files_digest, package_version
from grader.verdict import Evidence
from questions.case_store import digest, folder, put
from questions.check import Report
from questions.solution_sources import solutions_digest

KIND = "reports"  # of files in the cache
ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("numpy", "sympy", "torch")
ALWAYS = ("arrays", "autograd", "cache", "estimation", "registry", "training")  # modules that checks use by themselves


def name_of(text: str, seeds: Sequence[int]) -> str:
    """A name for the report on a family's file with these seeds."""
    return digest(text, list(seeds), _engine(), solutions_digest(_named_modules(text)))


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
def _engine() -> list[str]:
    """What every check rests on: a digest of the sources, and of the data beside them, and the packages' versions."""
    files = [file for package in ("grader", "questions") for file in (ROOT / package).rglob("*.py")]
    files += (ROOT / "questions").glob("*.yaml")
    return [files_digest(ROOT, files), *map(package_version, PACKAGES)]


def _named_modules(text: str) -> frozenset[str]:
    """The modules of `solutions` that a family's file names, and perhaps words that look like one."""
    return frozenset(re.findall(r"\b([a-z_][a-z0-9_]*)\.[A-Za-z_]", text)) | frozenset(ALWAYS)
