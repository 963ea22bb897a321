"""A program that uses the API, for tests."""

from __future__ import annotations

from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from chainrule.web.own_token import own_token

PREFIX = "/api/v1"


class Program:
    """Sends requests with a token: None for that of the one person who uses the server, '' for none."""

    def __init__(self, client: FlaskClient, token: str | None = None) -> None:
        self._client = client
        token = own_token(client.application.extensions["chainrule"].secret) if token is None else token
        self._headers = {"Authorization": f"Bearer {token}"} if token else {}

    def get(self, path: str) -> TestResponse:
        """The response to a GET."""
        return self.send("GET", path)

    def post(self, path: str, body: Any = None, headers: dict[str, str] | None = None) -> TestResponse:
        """The response to a POST of JSON."""
        return self.send("POST", path, headers, json=body)

    def put(self, path: str, body: Any) -> TestResponse:
        """The response to a PUT of JSON."""
        return self.send("PUT", path, json=body)

    def send(self, method: str, path: str, headers: dict[str, str] | None = None, **more: Any) -> TestResponse:
        """The response to any request."""
        return self._client.open(PREFIX + path, method=method, headers=self._headers | (headers or {}), **more)
