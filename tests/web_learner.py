"""A learner at a browser without scripts: asks for questions, and sends the forms of their pages."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from web_sites import csrf

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse


@dataclass(frozen=True)
class Learner:
    """client: with a session of the learner, where one is needed."""

    client: FlaskClient

    @cached_property
    def token(self) -> str:
        """What every form carries."""
        return csrf(self.client.get("/settings").text)

    def post(self, address: str, **data: Any) -> TestResponse:
        """Sends a form."""
        return self.client.post(address, data={"csrf_token": self.token, **data})

    def ask(self, family: str, seed: int = 1) -> str:
        """The address of a question with the values of that seed."""
        return self.client.get(f"/try/{family}/{seed}").location

    def answer(self, item: str, part: str, text: str | list[str], **data: Any) -> TestResponse:
        """Sends an answer, and goes where the reply leads."""
        reply = self.post(f"{item.partition('?')[0]}/{part}", answer=text, **data)
        return self.client.get(reply.location) if reply.status_code == 303 else reply
