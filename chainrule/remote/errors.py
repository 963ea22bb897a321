"""What can go wrong with a server elsewhere, as a sentence with the remedy."""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from typing import Any

from grader.errors import ChainruleError


class RemoteError(ChainruleError):
    """A server that cannot be used; the message names it, never the token."""


class RemoteRefusal(RemoteError):
    """The server refused a request. status: of HTTP; after: seconds after which to try again, None where it is no use.

    details: (field, what is wrong with it).
    """

    def __init__(self, says: str, status: int, *, after: float | None = None, details: tuple[str, ...] = ()) -> None:
        super().__init__("; ".join((says, *details)))
        self.status = status
        self.after = after


TOKEN = (
    "the token is not known there, or is over; make one on the server's page of your account, or take the file that "
    "`chainrule serve` names, and give it with --token-file"
)
NO_TOKEN = (
    "a token is needed; make one on the server's page of your account, or take the file that `chainrule serve` names, "
    "and give it with --token-file FILE, or in CHAINRULE_TOKEN"
)
NOT_OURS = "no Chainrule of version 1 of the API answers there; check the address, or update the older of the two"


def refusal(server: str, status: int, said: Any, headers: Mapping[str, str], *, with_token: bool) -> RemoteRefusal:
    """The error for a response that is none of success. said: its JSON, None where it is none."""
    after = _seconds(headers.get("Retry-After"))
    if status == 401:
        return RemoteRefusal(f"{server}: {TOKEN if with_token else NO_TOKEN}", status)
    if status == 403 and not with_token:
        return RemoteRefusal(f"{server}: {NO_TOKEN}", status)
    if 300 <= status < 400:
        leads = headers.get("Location", "elsewhere")
        return RemoteRefusal(f"{server}: leads to {leads}; give the address that answers itself", status)
    match said:
        case {"error": str(says)}:
            details = tuple(f"{one.get('field')}: {one.get('says')}" for one in said.get("details", ()))
            return RemoteRefusal(f"{server}: {says}", status, after=after, details=details)
    if status in {502, 503, 504}:
        return RemoteRefusal(f"{server}: is not ready (status {status}); try again later", status, after=after)
    return RemoteRefusal(f"{server}: {NOT_OURS} (status {status})", status, after=after)


def _seconds(text: str | None) -> float | None:
    return float(text) if text and text.isascii() and text.isdigit() and len(text) < 6 else None


def unreachable(server: str, error: BaseException) -> RemoteError:
    """The error for a connection that failed."""
    reason = getattr(error, "reason", None)
    cause = reason if isinstance(reason, BaseException) else error
    match cause:
        case ssl.SSLCertVerificationError():
            return RemoteError(
                f"{server}: its certificate is not trusted: {cause.verify_message}; give the certificate of whoever "
                "signed it with --ca FILE"
            )
        case ssl.SSLError():
            return RemoteError(f"{server}: no TLS there: {cause.reason or cause}; does its address begin with http://?")
        case ConnectionRefusedError():
            return RemoteError(f"{server}: nobody listens there; check the address, and that the server runs")
        case TimeoutError():
            return RemoteError(f"{server}: did not answer in time; try again later")
    says = getattr(cause, "strerror", None) or str(cause) or type(cause).__name__
    return RemoteError(f"{server}: cannot be reached: {says}; check the address and the network")
