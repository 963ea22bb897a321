"""TLS: a certificate that nobody vouches for is refused before a token is sent, and `--ca` vouches for it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from certificates import self_signed
from flask import Flask, jsonify, request
from served import served

from chainrule.remote.client import Remote
from chainrule.remote.errors import RemoteError

TOKEN = "chainrule_abc"


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return self_signed(tmp_path_factory.mktemp("tls"))


@pytest.fixture
def asked() -> list[str]:
    """The tokens that came."""
    return []


@pytest.fixture
def port(pair: tuple[Path, Path], asked: list[str]) -> Iterator[int]:
    app = Flask("remote")

    @app.get("/api/v1/me")
    def me() -> object:
        asked.append(request.headers["Authorization"])
        return jsonify({"shown": "You"})

    with served(app, pair) as server:
        yield server.port


def test_a_certificate_that_is_vouched_for(port: int, pair: tuple[Path, Path], asked: list[str]) -> None:
    assert Remote(f"https://localhost:{port}", TOKEN, ca=pair[0]).get("/me") == {"shown": "You"}
    assert asked == [f"Bearer {TOKEN}"]


def test_a_certificate_that_is_not(port: int, pair: tuple[Path, Path], asked: list[str], tmp_path: Path) -> None:
    other = self_signed(tmp_path)[0]
    for server, ca in ((f"https://localhost:{port}", None), (f"https://localhost:{port}", other)):
        with pytest.raises(RemoteError, match=r"its certificate is not trusted: .*--ca FILE"):
            Remote(server, TOKEN, ca=ca).get("/me")
    with pytest.raises(RemoteError, match="its certificate is not trusted"):
        Remote(f"https://127.0.0.1:{port}", TOKEN, ca=pair[0]).get("/me")  # it is for another name
    assert asked == []
