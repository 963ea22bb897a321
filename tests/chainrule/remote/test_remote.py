"""Requests to a server: what is tried again, what is not, and where a token never goes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from chainrule.remote.address import checked_address, read_token
from chainrule.remote.client import Remote
from chainrule.remote.errors import RemoteError, RemoteRefusal

TOKEN = "chainrule_abc"


@dataclass
class Scripted:
    """A server that answers as it was told, one response after another, and keeps what it was asked."""

    responses: list[tuple[int, dict[str, str], str]]
    asked: list[tuple[str, str, dict[str, str], str]] = field(default_factory=list)
    address: str = ""


@contextmanager
def scripted(*responses: tuple[int, dict[str, str], str]) -> Iterator[Scripted]:
    script = Scripted(list(responses))

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            script.asked.append((self.command, self.path, dict(self.headers), body))
            status, headers, text = script.responses.pop(0)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(text.encode())

        do_GET = do_POST = do_PUT = answer

        def log_message(self, format: str, *arguments: object) -> None:
            """Says nothing."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        script.address = f"http://127.0.0.1:{server.server_port}"
        try:
            yield script
        finally:
            server.shutdown()
            thread.join()


def remote(server: str, pauses: list[float] | None = None, patience: float = 60.0, token: str = TOKEN) -> Remote:
    """A client that notes its pauses in place of waiting."""
    return Remote(server, token, patience=patience, sleep=(pauses if pauses is not None else []).append)


def test_a_request_carries_token_key_and_json() -> None:
    with scripted((200, {}, '{"a": 1}')) as server:
        assert remote(server.address).post("/items", {"family": "ä"}, key="k" * 8) == {"a": 1}
    (method, path, headers, body) = server.asked[0]
    assert (method, path) == ("POST", "/api/v1/items")
    assert headers["Authorization"] == f"Bearer {TOKEN}" and headers["Idempotency-Key"] == "k" * 8
    assert json.loads(body) == {"family": "ä"}


def test_a_busy_server_is_asked_again_when_it_says() -> None:
    pauses: list[float] = []
    busy, late = (429, {"Retry-After": "7"}, '{"error": "Too many."}'), (503, {}, "")
    with scripted(busy, late, (200, {}, "{}")) as server:
        assert remote(server.address, pauses).get("/me") == {}
    assert pauses[0] == 7.0 and 0.25 <= pauses[1] <= 1.0
    assert len(server.asked) == 3


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 413, 422, 500])
def test_a_refusal_is_not_asked_again(status: int) -> None:
    with scripted((status, {}, '{"error": "No."}')) as server, pytest.raises(RemoteRefusal) as refused:
        remote(server.address).get("/me")
    assert refused.value.status == status and len(server.asked) == 1
    assert TOKEN not in str(refused.value)


def test_details_are_told() -> None:
    said = '{"error": "Wrong.", "details": [{"field": "body.seed", "says": "too large"}]}'
    with scripted((422, {}, said)) as server, pytest.raises(RemoteError, match=r"Wrong\.; body\.seed: too large"):
        remote(server.address).get("/me")


def test_patience_ends() -> None:
    responses = [(503, {}, "")] * 40
    with scripted(*responses) as server, pytest.raises(RemoteError, match="is not ready"):
        remote(server.address, patience=0.0).get("/me")
    assert len(server.asked) == 1


def test_nobody_listens() -> None:
    with scripted() as server:
        pass
    pauses: list[float] = []
    with pytest.raises(RemoteError, match="nobody listens there"):
        remote(server.address, pauses, patience=0.3).get("/me")


def test_a_server_that_leads_elsewhere_is_not_followed() -> None:
    with scripted((200, {}, "{}")) as other:
        leads = (302, {"Location": f"{other.address}/api/v1/me"}, "")
        with scripted(leads) as server, pytest.raises(RemoteError, match="leads to http://127"):
            remote(server.address).get("/me")
        assert other.asked == []


@pytest.mark.parametrize("text", ["<html>", "", "[1"])
def test_another_program_is_told_as_such(text: str) -> None:
    with scripted((200, {}, text)) as server, pytest.raises(RemoteError, match="no Chainrule of version 1"):
        remote(server.address).get("/me")
    with scripted((404, {}, text)) as server, pytest.raises(RemoteError, match="no Chainrule of version 1"):
        remote(server.address).get("/me")


def test_a_token_is_for_tls_or_this_machine() -> None:
    for server in ("https://quiz.example.org/", "http://127.0.0.1:8000", "http://localhost", "http://[::1]:8000/x"):
        assert checked_address(server, with_token=True) == server.rstrip("/")
    for server in ("http://quiz.example.org", "http://127.0.0.1.example.org", "http://10.0.0.1:8000", "http://0x7f.1"):
        with pytest.raises(RemoteError, match="for everybody to read"):
            checked_address(server, with_token=True)
        assert checked_address(server, with_token=False)


@pytest.mark.parametrize(
    "server", ["quiz.example.org", "ftp://x", "https://", "https://a:b@x", "https://x?y", "https://x:99999", "http://["]
)
def test_what_is_no_address(server: str) -> None:
    with pytest.raises(RemoteError):
        checked_address(server, with_token=False)


def test_a_proxy_gets_nothing_for_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    with scripted((200, {}, "{}")) as proxy, scripted((200, {}, '{"own": true}')) as server:
        monkeypatch.setenv("http_proxy", proxy.address)
        monkeypatch.delenv("no_proxy", raising=False)
        assert remote(server.address).get("/me") == {"own": True}
        assert proxy.asked == []


@pytest.mark.parametrize("text", ["", "two words", "x\ny", "ä", "x" * 990 + "y" * 20])
def test_what_is_no_token(tmp_path: Path, text: str) -> None:
    path = tmp_path / "token"
    path.write_text(text)
    with pytest.raises(Exception, match="token") as refused:
        read_token(path)
    assert not text or text not in str(refused.value)


def test_a_token_comes_from_file_or_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "token"
    path.write_text(f" {TOKEN}\n")
    assert read_token(path) == TOKEN
    monkeypatch.setenv("CHAINRULE_TOKEN", "other")
    assert (read_token(path), read_token(None)) == (TOKEN, "other")


def test_a_file_without_certificates_is_told(tmp_path: Path) -> None:
    path = tmp_path / "ca.pem"
    for text in ("nonsense", ""):
        path.write_text(text)
        with pytest.raises(RemoteError, match=r"ca\.pem: holds no certificates"):
            Remote("https://127.0.0.1:1", TOKEN, ca=path)
    with pytest.raises(RemoteError, match="missing"):
        Remote("https://127.0.0.1:1", TOKEN, ca=tmp_path / "missing.pem")
