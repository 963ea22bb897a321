"""Every feedback code that the grader raises has a sentence, and no sentence is an orphan."""

from __future__ import annotations

import re
from pathlib import Path

from grader.sentences import SENTENCES

GRADER = Path(__file__).parents[2] / "grader"
SOURCE = "\n".join(path.read_text(encoding="utf-8") for path in GRADER.rglob("*.py") if path.name != "sentences.py")


def raised_codes() -> set[str]:
    """Codes as they stand in the source: `Unreadable("x")`, `unknown("x")`, `note(..., "x")`, `Feedback("a.x")`."""
    read = {f"read.{code}" for code in re.findall(r'(?:Unreadable|ReadError)\(\s*"([a-z-]+)"', SOURCE)}
    named = set(re.findall(r'Feedback\(\s*"([a-z.-]+)"', SOURCE))
    notes = {f"note.{code}" for code in re.findall(r'note\(notes, "([a-z-]+)"', SOURCE)}
    near = {f"read.unknown-{kind}{end}" for kind in ("name", "function") for end in ("", "-near")}
    shapes = {f"read.shapes{end}" for end in ("", "-transpose-left", "-transpose-right")}
    return read | named | notes | near | shapes | {"read.ends-early", "read.empty"}


def test_every_code_has_a_sentence() -> None:
    assert raised_codes() - set(SENTENCES) == set()


def test_every_formula_sentence_is_used() -> None:
    own = {code for code in SENTENCES if code.split(".")[0] in {"read", "note", "formula", "number"}}
    assert own - raised_codes() == set()
