"""Serving: what was asked is answered before it stops, and nobody can come in without TLS where there is TLS."""

from __future__ import annotations

import http.client
import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread

import pytest
from flask import Flask, request
from served import Served, served

from chainrule.web.exposure import Exposure
from chainrule.web.headers import HEADERS
from chainrule.web.serving import CannotListen, listen
from chainrule.web.tls import CertificateError, tls_context

ASK = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"


@pytest.fixture
def app() -> Flask:
    """Says who asks and how."""
    made = Flask("served")
    made.add_url_rule("/", "index", lambda: f"{request.scheme} {request.remote_addr}")
    made.add_url_rule("/much", "much", lambda: "x" * 3_000_000)
    return made


def asked(server: Served, headers: dict[str, str] | None = None, path: str = "/") -> str:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    connection.request("GET", path, headers=headers or {})
    try:
        return connection.getresponse().read().decode()
    finally:
        connection.close()


def test_a_taken_port_is_said_with_another_one() -> None:
    with listen("127.0.0.1", 0) as door:
        port = door.getsockname()[1]
        with pytest.raises(CannotListen, match=f"another program listens there; .*--port {port + 1}"):
            listen("127.0.0.1", port)


def test_an_address_of_another_machine_is_said() -> None:
    with pytest.raises(CannotListen, match="give --host an address of this machine"):
        listen("192.0.2.1", 0)


def test_what_was_asked_is_answered_before_it_stops(app: Flask) -> None:
    began, go = Event(), Event()

    def slow() -> str:
        began.set()
        assert go.wait(10)
        return "done"

    app.add_url_rule("/slow", "slow", slow)
    answers: list[str] = []
    with served(app) as server:
        idle = server.connect()
        idle.settimeout(10)
        asking = Thread(target=lambda: answers.append(asked(server, path="/slow")))
        asking.start()
        assert began.wait(10)
        server.stop.ask(15)
        assert idle.recv(1) == b"", "a connection without a request is closed at once"
        idle.close()
        with pytest.raises(ConnectionRefusedError):
            server.connect()
        go.set()
        asking.join(10)
        server.thread.join(10)
    assert answers == ["done"]
    assert server.stop.signal == 15


def test_asked_twice_it_does_not_wait(app: Flask) -> None:
    began, go = Event(), Event()
    app.add_url_rule("/slow", "slow", lambda: (began.set(), go.wait(10), "done")[2])
    with served(app) as server:
        asking = server.connect()
        asking.sendall(b"GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert began.wait(10)
        server.stop.ask(2)
        server.stop.ask(2)
        server.thread.join(5)
        assert not server.thread.is_alive()
        go.set()
        asking.close()


def test_what_a_visitor_says_of_a_proxy_is_not_believed(app: Flask) -> None:
    with served(app, **Exposure("127.0.0.1").waitress()) as server:
        assert asked(server, {"X-Forwarded-For": "192.0.2.9", "X-Forwarded-Proto": "https"}) == "http 127.0.0.1"


def test_a_proxy_that_was_named_is_believed_by_one_hop(app: Flask) -> None:
    with served(app, **Exposure("127.0.0.1", True, ("quiz.example.org",), proxy="127.0.0.1").waitress()) as server:
        headers = {"X-Forwarded-For": "198.51.100.1, 192.0.2.9", "X-Forwarded-Proto": "https"}
        assert asked(server, headers) == "https 192.0.2.9"
        assert asked(server) == "https 127.0.0.1", "it has TLS, whatever it says"


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate for localhost and its key."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed")
    folder = tmp_path_factory.mktemp("tls")
    certificate, key = folder / "chain.pem", folder / "key.pem"
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    made += ["-addext", "subjectAltName=DNS:localhost", "-keyout", str(key), "-out", str(certificate)]
    subprocess.run(made, check=True, capture_output=True)
    return certificate, key


@pytest.fixture
def secured(app: Flask, pair: tuple[Path, Path]) -> Iterator[Served]:
    exposure = Exposure("127.0.0.1", True, certificate=pair[0], key=pair[1])
    with served(app, pair, **exposure.waitress()) as server:
        yield server


def secure(server: Served, pair: tuple[Path, Path]) -> ssl.SSLSocket:
    context = ssl.create_default_context(cafile=str(pair[0]))
    return context.wrap_socket(server.connect(), server_hostname="localhost")


def test_tls_pages_know_who_asks_and_that_it_is_safe(secured: Served, pair: tuple[Path, Path]) -> None:
    with secure(secured, pair) as connection:
        for _ in range(2):  # the connection stays open
            connection.sendall(ASK)
            response = http.client.HTTPResponse(connection)
            response.begin()
            assert response.read() == b"https 127.0.0.1"


def test_tls_passes_on_what_is_long(secured: Served, pair: tuple[Path, Path]) -> None:
    with secure(secured, pair) as connection:
        connection.sendall(b"GET /much HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        size = 0
        while chunk := connection.recv(65536):
            size += len(chunk)
    assert size > 3_000_000


def test_without_tls_nobody_comes_in(secured: Served) -> None:
    with secured.connect() as plain:
        plain.sendall(ASK)
        assert b"HTTP" not in plain.recv(1000)


def test_who_says_nothing_keeps_nobody_else_out(secured: Served, pair: tuple[Path, Path]) -> None:
    silent = [secured.connect() for _ in range(20)]
    with secure(secured, pair) as connection:
        connection.sendall(ASK)
        assert b"200 OK" in connection.recv(65536)
    for one in silent:
        one.close()


def test_old_versions_of_tls_are_refused(secured: Served, pair: tuple[Path, Path]) -> None:
    context = ssl.create_default_context(cafile=str(pair[0]))
    with pytest.warns(DeprecationWarning):
        context.maximum_version = ssl.TLSVersion.TLSv1_1
        context.minimum_version = ssl.TLSVersion.TLSv1
    with pytest.raises(OSError), secured.connect() as plain:  # an SSLError is one
        context.wrap_socket(plain, server_hostname="localhost")


def test_a_certificate_that_cannot_be_used_is_said(tmp_path: Path, pair: tuple[Path, Path]) -> None:
    bad = tmp_path / "bad.pem"
    bad.write_text("no certificate")
    for certificate, key in ((bad, pair[1]), (pair[0], bad), (tmp_path / "none.pem", pair[1])):
        with pytest.raises(CertificateError, match="both are PEM files"):
            tls_context(certificate, key)


def test_sockets_are_closed(secured: Served, pair: tuple[Path, Path]) -> None:
    connection = secure(secured, pair)
    secured.end()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", secured.port), timeout=5)
    connection.close()


@pytest.mark.parametrize(
    ("request_", "status", "says"),
    [
        (b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3000000\r\n\r\n", 413, "more than can be sent"),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"x" * 300_000 + b"\r\n\r\n", 431, "headers"),
        (b"GET / HTTP/1.1\r\nHo st: localhost\r\n\r\n", 400, "cannot be read"),
        (b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: odd\r\n\r\n", 501, "cannot be read"),
    ],
    ids=["body", "headers", "line", "encoding"],
)
def test_what_the_application_never_sees_is_refused_with_the_same_headers(
    app: Flask, request_: bytes, status: int, says: str
) -> None:
    with served(app, url_scheme="https") as server, server.connect() as connection:
        connection.sendall(request_)
        answer = http.client.HTTPResponse(connection)
        answer.begin()
        assert answer.status == status
        assert says in answer.read().decode()
        sent = dict(answer.getheaders())
        assert HEADERS.items() <= sent.items()
        assert sent["Cache-Control"] == "no-store"
        assert "Strict-Transport-Security" in sent
        assert "Server" not in sent
