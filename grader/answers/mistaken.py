"""The verdict on an answer that is a known mistake."""

from __future__ import annotations

from typing import Any

from grader.keys import Mistake
from grader.verdict import Evidence, Feedback, Verdict, partly


def mistaken(mistake: Mistake[Any], *notes: Feedback, reading: str, evidence: Evidence) -> Verdict:
    """What the mistake is worth, with its own sentence and any further notes."""
    says = Feedback("mistake", {"says": mistake.says, "name": mistake.name})
    return partly(mistake.worth, says, *notes, reading=reading, evidence=evidence, mistake=mistake.name)
