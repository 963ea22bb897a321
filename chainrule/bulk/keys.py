"""Names of judgements by content: what decides a judgement decides its key, so judging twice changes nothing."""

from __future__ import annotations

import hashlib
import json
import sys
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from chainrule.quizfile import encoded

if TYPE_CHECKING:
    from chainrule.quiz import Quiz

PACKAGES = ("numpy", "sympy", "mpmath", "torch")  # that decide what comes out
JUDGING = ("grading.py", "judging_apart.py")  # of this package, what stands between an answer and the grader


def task_key(*, family: str, version: str, seed: int, drawn: str, part: str, answer: str, device: str = "cpu") -> str:
    """The key of the judgement on an answer: by the question's file, its variant, the answer and the grader.

    device: as asked for, where it is for code that may use it; what runs on a GPU may fail without one.
    """
    content = [grader_version(), family, version, seed, drawn, part, answer, device]
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()


def form_mark(quiz: Quiz) -> str:
    """A name for the questions with their values, as far as these are shown: it tells nothing of seeds."""
    shown = [[item.family, encoded(item.values)] for item in quiz.items]
    return hashlib.sha256(json.dumps(shown).encode()).hexdigest()[:12]


@cache
def grader_version() -> str:
    """The package's version, `+`, and a digest of all sources and packages, and the Python, that judgements rest on."""
    import chainrule

    found = hashlib.sha256(f"python {sys.version_info[0]}.{sys.version_info[1]}\n".encode())
    for package in PACKAGES:
        found.update(f"{package} {_version(package)}\n".encode())
    home = Path(chainrule.__file__).parent.parent
    for file in _sources(home):
        found.update(f"{file.relative_to(home).as_posix()}\n".encode() + hashlib.sha256(file.read_bytes()).digest())
    return f"{chainrule.__version__}+{found.hexdigest()[:16]}"


def _version(package: str) -> str:
    """Its version, '' where it is not installed: an autograder may do without torch."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return ""


def _sources(home: Path) -> list[Path]:
    """All of the grader and of the references, and what reads questions; families count by their own version."""
    files = [*(home / "grader").rglob("*.py"), *(home / "solutions").rglob("*.py")]
    files += [*(home / "questions").glob("*.py"), home / "questions" / "conventions.yaml"]
    files += [home / "chainrule" / name for name in JUDGING]
    return sorted(file for file in files if file.is_file())
