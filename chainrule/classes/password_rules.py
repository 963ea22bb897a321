"""Which passwords can be taken: long ones that are not easily guessed; what letters they have is nobody's business."""

from __future__ import annotations

from chainrule.classes.errors import AccountError
from chainrule.classes.weak_passwords import easily_guessed

SHORTEST, LONGEST = 12, 128


def check_password(password: str, login: str) -> None:
    """Raises AccountError, which says why, where the password cannot be taken."""
    size = len(" ".join(password.split()))  # blanks in a row count once, though all of them belong to the password
    if size < SHORTEST:
        raise AccountError(
            f"A password has at least {SHORTEST} letters, this one {size}; several words make a good one."
        )
    if len(password) > LONGEST:
        raise AccountError(f"A password has at most {LONGEST} letters, this one {len(password)}.")
    if easily_guessed(password, login):
        raise AccountError(
            "This password is among the first that anybody would try; take several words that have nothing to do "
            "with you, with one another or with this course."
        )
