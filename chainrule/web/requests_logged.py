"""A line in the log for each request, and an id by which a visitor and the log speak of the same one."""

from __future__ import annotations

import logging
from time import perf_counter, thread_time
from typing import TYPE_CHECKING, Any

from flask import g, request

from chainrule.store.records import new_id
from chainrule.web.people import visitor

if TYPE_CHECKING:
    from flask import Flask, Response

HEADER = "X-Request-Id"
QUIET = {"static.file", "health.show"}  # not worth a line where all is well
log = logging.getLogger("chainrule.requests")


def install(app: Flask) -> None:
    """Logs every request. It comes before all others, so that what they refuse is logged too."""
    app.before_request(_begin)
    app.after_request(_end)
    app.logger.addFilter(_Routed())


def _begin() -> None:
    g.request_id = new_id()[:16]
    g.begun, g.worked = perf_counter(), thread_time()


def _end(response: Response) -> Response:
    response.headers[HEADER] = g.request_id
    quiet = request.endpoint in QUIET and response.status_code == 200
    log.log(logging.DEBUG if quiet else logging.INFO, "request", extra=_fields() | _outcome(response))
    return response


def _fields() -> dict[str, Any]:
    """What is said of a request: its route instead of its address, which may hold a token."""
    person = visitor()
    return {
        "method": request.method,
        "route": request.url_rule.rule if request.url_rule else "",
        "person": person.id if person else "",
        "request_id": g.get("request_id", ""),
    }


def _outcome(response: Response) -> dict[str, Any]:
    """cpu: how much of the time was work of ours, and not waiting for others."""
    ms, cpu = (round(1000 * seconds, 1) for seconds in (perf_counter() - g.begun, thread_time() - g.worked))
    return {"status": response.status_code, "ms": ms, "cpu": cpu}


class _Routed(logging.Filter):
    """Flask's own message about an error names the address; ours names the route and the request."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.exc_info and request:
            record.msg, record.args = "a request failed", ()
            record.__dict__.update(_fields())
        return True
