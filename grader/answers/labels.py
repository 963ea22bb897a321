"""Reading labels: `b`, `B)`, ` a, c `, `b > a > c` and `bac` all name options by their letters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from grader.errors import LearnerError
from grader.keys import Option
from grader.verdict import Feedback

MAX_CHARACTERS = 2000
_FILLERS = frozenset({"and", "option", "options", "answer", "statement", "statements", "then", "only"})
_SEPARATORS = re.compile(r"[\s,;:.()\[\]{}<>→⇒≻≺=/&+\-–—'\"`*]+")


def read_labels(answer: str, options: Sequence[Option]) -> tuple[str, ...]:
    """The labels named, in the order typed. Raises `LearnerError` for nothing, or for an unknown label."""
    labels = [option.label for option in options]
    if named := _as_shown(answer, options):
        return (named,)
    found: list[str] = []
    for word in _words(answer):
        found += _split(word, labels)
    if not found:
        raise LearnerError(Feedback("choice.empty", {"labels": listing(labels)}))
    return tuple(found)


def listing(labels: Sequence[str]) -> str:
    """The labels for a sentence: `a, b, c`."""
    return ", ".join(labels)


def _words(answer: str) -> list[str]:
    text = unicodedata.normalize("NFKC", answer[:MAX_CHARACTERS]).casefold()
    return [word for word in _SEPARATORS.split(text) if word and word not in _FILLERS]


def _split(word: str, labels: Sequence[str]) -> list[str]:
    """One label, or several written together (`bac`)."""
    if word in labels:
        return [word]
    if len(word) <= len(labels) and all(letter in labels for letter in word):
        return list(word)
    shown = word if len(word) <= 20 else word[:17] + "..."
    raise LearnerError(Feedback("choice.unknown", {"got": shown, "labels": listing(labels)}))


def _as_shown(answer: str, options: Sequence[Option]) -> str:
    """The label of the one option whose text was typed, with or without its label; '' where there is none."""
    typed = _plain(answer[:MAX_CHARACTERS])
    if any(typed == option.label for option in options):
        return typed  # a label, even where another option's text is that letter
    fitting = [o.label for o in options if typed in (_plain(o.text), _plain(f"{o.label}) {o.text}"))]
    return fitting[0] if len(fitting) == 1 else ""


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
