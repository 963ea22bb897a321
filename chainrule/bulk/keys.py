"""Names of judgements by content: what decides a judgement decides its key, so judging twice changes nothing."""

from __future__ import annotations

import hashlib
import json
import sys
from functools import cache
from pathlib import Path

from chainrule import __version__
from grader.sources import files_digest, package_version

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("numpy", "sympy", "mpmath", "torch")  # that decide what comes out
JUDGING = ("grading.py", "judging_apart.py")  # of this package, what stands between an answer and the grader


def task_key(*, family: str, version: str, seed: int, drawn: str, part: str, answer: str, device: str = "cpu") -> str:
    """The key of the judgement on an answer: by the question's file, its variant, the answer and the grader.

    device: as asked for, where it is for code that may use it; what runs on a GPU may fail without one.
    """
    content = [grader_version(), family, version, seed, drawn, part, answer, device]
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()


@cache
def grader_version() -> str:
    """The package's version, `+`, and a digest of all sources and packages, and the Python, that judgements rest on."""
    packages = [package_version(name) for name in PACKAGES]
    content = [sys.version_info[:2], packages, files_digest(ROOT, _sources(ROOT))]
    return f"{__version__}+{hashlib.sha256(json.dumps(content).encode()).hexdigest()[:16]}"


def _sources(home: Path) -> list[Path]:
    """All of the grader and of the references, and what reads questions; families count by their own version."""
    files = [*(home / "grader").rglob("*.py"), *(home / "solutions").rglob("*.py")]
    files += [*(home / "questions").glob("*.py"), home / "questions" / "conventions.yaml"]
    files += [home / "chainrule" / name for name in JUDGING]
    return [file for file in files if file.is_file()]
