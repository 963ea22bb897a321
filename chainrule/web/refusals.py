"""Requests that are refused with a reason: too long, too many, too late."""

from __future__ import annotations

from collections.abc import Sequence

from werkzeug.exceptions import HTTPException


class Refused(HTTPException):
    """A request that cannot be taken, in a sentence with the remedy. status: 409 unless told otherwise.

    details: (field, what is wrong with it), for programs. after: seconds after which to try again.
    """

    def __init__(
        self, says: str, status: int = 409, *, details: Sequence[tuple[str, str]] = (), after: int | None = None
    ) -> None:
        super().__init__(says)
        self.code = status
        self.details = tuple(details)
        self.retry_after = 2 if status == 429 and after is None else after
