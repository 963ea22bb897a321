"""What waitress refuses by itself, such as what is too large or no HTTP: in our words, with the headers of all else."""

from __future__ import annotations

from typing import Any

from waitress.channel import HTTPChannel
from waitress.task import ErrorTask

from chainrule.web.errors import SAYS
from chainrule.web.headers import HEADERS, NOT_KEPT, TLS_ONLY

SAID = {431: "The headers of this request are too long; remove this server's cookies, and try again."}
NOT_READ = "This request cannot be read."


class _Refusal(ErrorTask):  # type: ignore[misc]
    """Answers a request that the application never sees."""

    def execute(self) -> None:
        """Sends status, headers and a sentence, and ends the connection."""
        error = self.request.error
        says = SAID.get(error.code) or SAYS.get(error.code, NOT_READ)
        body = f"{says}\n".encode()
        self.status = f"{error.code} {error.reason}"
        self.response_headers += [*HEADERS.items(), NOT_KEPT, ("Content-Type", "text/plain; charset=utf-8")]
        if self.channel.adj.url_scheme == "https":
            self.response_headers.append(TLS_ONLY)
        self.set_close_on_finish()
        self.content_length = len(body)
        self.write(body)


class Channel(HTTPChannel):  # type: ignore[misc]
    """A connection."""

    error_task_class: Any = _Refusal
