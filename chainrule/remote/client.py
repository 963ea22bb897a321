"""Requests to a Chainrule server: JSON in and out, tried again where it may help."""

from __future__ import annotations

import http.client
import json
import random
import ssl
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any
from urllib.error import HTTPError, URLError
from urllib.request import BaseHandler, HTTPRedirectHandler, HTTPSHandler, OpenerDirector, ProxyHandler, Request

import chainrule
from chainrule.hosts import is_loopback
from chainrule.remote.address import checked_address
from chainrule.remote.errors import NOT_OURS, RemoteError, RemoteRefusal, refusal, unreachable

PREFIX = "/api/v1"
PATIENCE = 120.0  # seconds that one request may take with all its tries
TIMEOUT = 30.0  # seconds of one try
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 10.0
LARGEST = 50_000_000  # bytes of an answer
AGAIN = frozenset({429, 502, 503, 504})
BROKEN = (URLError, ConnectionError, TimeoutError, http.client.HTTPException)


class _NoRedirects(HTTPRedirectHandler):
    """A token is for the server that was named, and for no other."""

    def redirect_request(self, req: Request, fp: IO[bytes], code: int, msg: str, headers: Any, newurl: str) -> None:
        return None


class Remote:
    """One server. token: '' for none. told: is called with a sentence before each wait.

    Every request can be sent twice without harm: those that make something carry a key. Raises RemoteError.
    """

    def __init__(
        self,
        server: str,
        token: str = "",
        *,
        ca: Path | None = None,
        patience: float = PATIENCE,
        told: Callable[[str], None] = lambda _: None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.server = checked_address(server, with_token=bool(token))
        self._token = token
        self._opener = _opener(self.server, ca)
        self._patience, self._told, self._sleep = patience, told, sleep

    def get(self, path: str) -> Any:
        """What the server says."""
        return self._send("GET", path, None, "")

    def post(self, path: str, body: Any = None, *, key: str = "") -> Any:
        """The same, of a POST. key: stands for this request, however often it is sent."""
        return self._send("POST", path, body, key)

    def put(self, path: str, body: Any) -> Any:
        """The same, of a PUT."""
        return self._send("PUT", path, body, "")

    def pause(self, seconds: float) -> None:
        """Waits before the next request."""
        self._sleep(seconds)

    def _send(self, method: str, path: str, body: Any, key: str) -> Any:
        """Tries until it works, is refused for good, or patience ends."""
        end, pause = time.monotonic() + self._patience, FIRST_PAUSE
        while True:
            try:
                return self._once(self._request(method, path, body, key))
            except RemoteError as error:
                if not _may_help(error):
                    raise
                seconds = getattr(error, "after", None) or pause * random.uniform(0.5, 1.0)
                if time.monotonic() + seconds > end:
                    raise
                self._told(f"{error}; trying again in {seconds:.1f} s")
            self._sleep(seconds)
            pause = min(2 * pause, LONGEST_PAUSE)

    def _request(self, method: str, path: str, body: Any, key: str) -> Request:
        request = Request(self.server + PREFIX + path, method=method)
        request.add_header("User-Agent", f"chainrule/{chainrule.__version__}")
        request.add_header("Accept", "application/json")
        if self._token:
            request.add_unredirected_header("Authorization", f"Bearer {self._token}")
        if key:
            request.add_header("Idempotency-Key", key)
        if body is not None:
            request.data = json.dumps(body).encode()
            request.add_header("Content-Type", "application/json")
        elif method != "GET":
            request.data = b""
        return request

    def _once(self, request: Request) -> Any:
        try:
            with self._opener.open(request, timeout=TIMEOUT) as response:
                said = _json(response.read(LARGEST))
        except HTTPError as error:
            with error:
                said = _json(error.read(LARGEST))
            raise refusal(self.server, error.code, said, dict(error.headers), with_token=bool(self._token)) from None
        except BROKEN as error:
            raise unreachable(self.server, error) from error
        if said is None:
            raise RemoteError(f"{self.server}: {NOT_OURS}")
        return said


def _may_help(error: RemoteError) -> bool:
    """Whether the same request may work a moment later: a busy server and broken connections may, certificates not."""
    if isinstance(error, RemoteRefusal):
        return error.status in AGAIN
    cause = error.__cause__
    reason = getattr(cause, "reason", cause)
    return isinstance(reason, ConnectionError | TimeoutError | http.client.HTTPException)


def _json(data: bytes) -> Any:
    try:
        return json.loads(data)
    except ValueError:
        return None


def _opener(server: str, ca: Path | None) -> OpenerDirector:
    """Opens connections: trusts the authority in `ca` instead of the system's, and leaves proxies out on loopback."""
    from urllib.parse import urlsplit
    from urllib.request import build_opener

    try:
        context = ssl.create_default_context(cafile=str(ca) if ca else None)
    except (OSError, ssl.SSLError) as error:
        raise RemoteError(f"{ca}: holds no certificates in PEM: {error.strerror or error}") from None
    handlers: list[BaseHandler] = [_NoRedirects(), HTTPSHandler(context=context)]
    if is_loopback(urlsplit(server).hostname or ""):
        handlers.append(ProxyHandler({}))
    return build_opener(*handlers)
