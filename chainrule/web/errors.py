"""What a visitor sees where something is refused, missing or broken: a sentence, never a traceback."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from urllib.parse import quote

from flask import current_app, g, jsonify, make_response, redirect, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, InternalServerError

from chainrule.store.errors import NotInStore, StoreError
from chainrule.web.exam_unreadable import unreadable
from grader.errors import AuthorError
from questions.bank import UnknownId

if TYPE_CHECKING:
    from flask import Flask
    from flask.typing import ResponseReturnValue

SAYS = {
    404: "There is no such page.",
    405: "This address does not take that kind of request.",
    413: "That is more than can be sent at once; answers are texts of at most 200 000 letters.",
    500: "Something broke on our side. Your answers are kept; try again, and tell whoever runs this server.",
}
NOT_STORED = (
    "The server cannot read or write its store at the moment. What you just sent was probably not kept: go back, and "
    "send it again in a minute. What was kept before is safe."
)
BROKEN = "This question is broken; it costs nothing. Take another one."
# Routes that name an exam which was begun: by its form, or by its assignment and who sat it.
OF_EXAMS = frozenset(
    f"exams.{name}" for name in ("show", "question", "save", "flag", "hand_in", "report", "begin_assignment")
) | {"gradebook.report"}
TITLES = {
    400: "Not taken",
    403: "Not allowed",
    404: "Nothing here",
    410: "Gone",
    413: "Too much",
    429: "Too fast",
    500: "Our fault",
    503: "Not now",
}


def install(app: Flask) -> None:
    """Says errors as pages, and to the API as JSON."""
    app.register_error_handler(HTTPException, _refused)
    app.register_error_handler(UnknownId, _unknown)
    app.register_error_handler(AuthorError, _broken)
    app.register_error_handler(StoreError, _not_stored)
    app.register_error_handler(CSRFError, _forged)


def _refused(error: HTTPException) -> ResponseReturnValue:
    status = error.code or 500
    if error.response is not None:
        return error.response
    if status == 405 and request.method == "GET" and not request.path.startswith("/api/"):
        return redirect(quote(_page_above(request.path)), 303)
    ours = type(error).description == error.description  # nobody said anything better
    says = SAYS.get(status, error.description or error.name) if ours else str(error.description)
    if status >= 500 and (number := g.get("request_id")):
        says += f" The log knows it as {number}."
    answer = make_response(said(status, says, getattr(error, "details", ())))
    for name, value in error.get_headers():
        if name in {"Allow", "WWW-Authenticate", "Retry-After"}:
            answer.headers[name] = value
    if after := getattr(error, "retry_after", None):
        answer.headers.setdefault("Retry-After", str(after))
    return answer


def _page_above(path: str) -> str:
    """The nearest page above an address that only takes forms, which a browser asks for when it restores a tab."""
    adapter = current_app.create_url_adapter(request)
    while adapter is not None and (path := path.rpartition("/")[0]):
        if adapter.test(path, "GET"):
            return path
    return "/"


def _unknown(error: UnknownId) -> ResponseReturnValue:
    return said(404, f"There is no question {error.id!r} here.")


def _broken(error: AuthorError) -> ResponseReturnValue:
    in_exam = (request.endpoint or "").removeprefix("api.") in OF_EXAMS
    current_app.logger.error("%s is broken: %s", "an exam" if in_exam else "a question", error)
    page = unreadable(error) if in_exam else None
    return said(InternalServerError.code, BROKEN) if page is None else page


def _not_stored(error: StoreError) -> ResponseReturnValue:
    if isinstance(error, NotInStore):
        return said(404, SAYS[404])
    current_app.logger.error("the store failed", extra={"error": str(error), "request_id": g.get("request_id", "")})
    answer = make_response(said(503, NOT_STORED))
    answer.headers["Retry-After"] = "10"
    return answer


def _forged(_: CSRFError) -> ResponseReturnValue:
    if request.path.startswith("/api/"):
        return said(403, "Send a token (Authorization: Bearer TOKEN), or the X-CSRFToken of a page of this server.")
    return said(400, "This form is from an earlier visit. Reload the page, and send it again.")


def said(status: int, says: str, details: Sequence[tuple[str, str]] = ()) -> ResponseReturnValue:
    """The error as JSON for the API, else as a page. details: (field, what is wrong with it)."""
    if request.path.startswith("/api/"):
        told = {"details": [{"field": field, "says": wrong} for field, wrong in details]} if details else {}
        return jsonify({"error": says, **told}), status
    title = TITLES.get(status, "Not possible")
    return render_template("web/error.html", title=title, status=status, says=says), status
