"""The person at the other end of a session, and the words that both sides use."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Protocol

from grader.verdict import Outcome, Verdict
from questions.variant import Part, Variant

COMMANDS = MappingProxyType({"h": "gives a hint", "s": "skips", "q": "quits"})
"""Letters that a question may use as names, and what they do."""
DISPUTE = "d"
CLOSED = frozenset({Outcome.RIGHT, Outcome.FAULT})  # after these a part is not asked again


class Dialogue(Protocol):
    """The person at the other end."""

    def read(self) -> str:
        """One line, without its end. Raises EOFError where the input ends, KeyboardInterrupt on Ctrl-C."""

    def edit(self, text: str) -> str | None:
        """The text as changed in an editor; None where nothing was saved."""

    def say(self, text: str, style: str = "") -> None:
        """Shows a paragraph."""


class Quit(Exception):
    """The learner wants to stop here."""


@dataclass(frozen=True)
class Given:
    """An answer that was judged. hints: shown before it. seconds: since the part was shown, or answered last."""

    variant: Variant
    part: Part
    answer: str
    verdict: Verdict
    hints: int
    seconds: float
