"""What stands for chance in the exam of a class: a secret, without which nobody can draw the same variants.

The bank is public and variants are pure functions of family and seed, so seeds must not follow from what is seen.
Every choice is HMAC-SHA256 under the secret of a text that says what is chosen. The questions follow from the exam
alone, so that all students get the same ones; their numbers from the student too.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Sequence

from chainrule.exams.labels import label_of
from grader.errors import AuthorError

LEAST = 16  # bytes of a secret
BITS = 53  # of a seed: whole in every program that reads numbers as JavaScript does


def new_secret() -> bytes:
    """A secret of 32 bytes from the operating system."""
    return secrets.token_bytes(32)


class ClassChance:
    """Choices for the exam and the student. Raises AuthorError for a short secret and for an empty name."""

    def __init__(self, secret: bytes, exam: str, student: str) -> None:
        if len(secret) < LEAST:
            raise AuthorError(
                f"the secret of the exam has {len(secret)} bytes, expected at least {LEAST}: a short one can be guessed"
            )
        for what, name in (("exam", exam), ("student", student)):
            if not name.strip():
                raise AuthorError(f"the {what} has no name; seeds are drawn for a named exam and student")
        self.secret = secret
        self.exam = exam
        self.student = student

    def shuffle(self, what: str, names: Sequence[str]) -> list[str]:
        """The names in the order of the exam, whatever order they came in."""
        return sorted(names, key=lambda name: self._digest("order", what, name))

    def seed(self, number: int, family: str) -> int:
        """The seed of a question of the student: `number` is its place in the form."""
        return self._number("seed", self.student, number, family) >> (256 - BITS)

    def label(self) -> str:
        """The label of the student's form. Made apart from the seeds, so it tells nothing about them."""
        return label_of(self._number("label", self.student))

    def _number(self, *chosen: str | int) -> int:
        return int.from_bytes(self._digest(*chosen), "big")

    def _digest(self, *chosen: str | int) -> bytes:
        """Of a list as JSON: no two lists are written alike, as they would be if names were joined."""
        return hmac.digest(self.secret, json.dumps([self.exam, *chosen]).encode(), hashlib.sha256)
