"""Requests that are refused with a reason: too long, too many, too late."""

from __future__ import annotations

from werkzeug.exceptions import HTTPException


class Refused(HTTPException):
    """A request that cannot be taken, in a sentence with the remedy. status: 409 unless told otherwise."""

    def __init__(self, says: str, status: int = 409) -> None:
        super().__init__(says)
        self.code = status
