"""A browser as light as can be, for `load.py`: one connection that stays open, cookies, and how long things took."""

from __future__ import annotations

import asyncio
import json
import time
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

PATIENCE = 60.0  # seconds until an answer of the server is given up


@dataclass
class Figures:
    """What was measured. times: seconds by kind; errors: what went wrong; down: whether the server is meant to be."""

    times: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: list[str] = field(default_factory=list)
    down: bool = False
    refused_while_down: int = 0

    def percentile(self, kind: str, percent: float) -> float:
        """Nearest rank."""
        found = sorted(self.times[kind])
        return found[min(len(found) - 1, int(len(found) * percent / 100))] if found else float("nan")


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def location(self) -> str:
        return self.headers.get("location", "")


class Browser:
    """Asks one server, one thing after another."""

    def __init__(self, host: str, port: int, cookie: str, figures: Figures) -> None:
        self._host, self._port, self._figures = host, port, figures
        self._cookies = dict([cookie.split("=", 1)])
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        self.token = ""

    async def get(self, path: str, kind: str) -> Answer:
        """A page. Its token for forms is kept."""
        answer = await self._ask("GET", path, b"", {}, kind)
        _, found, rest = answer.body.partition(b'name="csrf-token" content="')
        if found:
            self.token = rest[: rest.index(b'"')].decode()
        return answer

    async def form(self, path: str, fields: Mapping[str, str], kind: str) -> Answer:
        """Sends a form with its token."""
        body = urlencode({"csrf_token": self.token, **fields}).encode()
        return await self._ask("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded"}, kind)

    async def save(self, path: str, value: Mapping[str, object], kind: str) -> Answer:
        """Sends JSON as the page's script does."""
        headers = {"Content-Type": "application/json", "X-CSRFToken": self.token, "Accept": "application/json"}
        return await self._ask("POST", path, json.dumps(value).encode(), headers, kind)

    def close(self) -> None:
        if self._streams:
            self._streams[1].close()
            self._streams = None

    async def _ask(self, method: str, path: str, body: bytes, more: Mapping[str, str], kind: str) -> Answer:
        """Asks until there is an answer: a connection that breaks is an error unless the server is meant to be down."""
        while True:
            fresh = self._streams is None
            began = time.perf_counter()
            try:
                async with asyncio.timeout(PATIENCE):
                    answer = await self._once(method, path, body, more)
            except (OSError, EOFError, asyncio.IncompleteReadError) as error:
                self.close()
                if self._figures.down:
                    self._figures.refused_while_down += 1
                elif fresh:  # one that was open may have been idle for too long, which is no error
                    self._figures.errors.append(f"{kind}: {type(error).__name__} {error}")
                await asyncio.sleep(0.5 if self._figures.down else 0.05)
                continue
            self._figures.times[kind].append(time.perf_counter() - began)
            if answer.status >= 400:
                self._figures.errors.append(f"{kind}: {answer.status} {method} {path} {answer.text[-300:]!r}")
            return answer

    async def _once(self, method: str, path: str, body: bytes, more: Mapping[str, str]) -> Answer:
        if self._streams is None:
            self._streams = await asyncio.open_connection(self._host, self._port)
        reader, writer = self._streams
        cookies = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        headers = {"Host": f"{self._host}:{self._port}", "Cookie": cookies, **more}
        if method == "POST":
            headers["Content-Length"] = str(len(body))
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        writer.write(f"{method} {path} HTTP/1.1\r\n{lines}\r\n".encode() + body)
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        found = {}
        for line in head[1:]:
            name, _, value = line.partition(": ")
            found[name.lower()] = value
            if name.lower() == "set-cookie":
                key, _, held = value.partition(";")[0].partition("=")
                self._cookies[key] = held
        content = await reader.readexactly(int(found.get("content-length", "0")))
        if found.get("connection") == "close":
            self.close()
        return Answer(int(head[0].split()[1]), found, content)
