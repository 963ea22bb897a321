"""What the document says of all operations alike."""

from __future__ import annotations

INTRODUCTION = """\
What the pages do, for programs. Bodies and answers are JSON in UTF-8; times are UTC.

Send a token with every request: `Authorization: Bearer TOKEN`. In a class it is made on the page of your account. \
Where one person uses the server, `chainrule serve` says where it lies, and only what changes something needs it. \
Scripts of the server's own pages send the session's cookie and the header `X-CSRFToken` instead.

A refusal is `{"error": ..., "details": [...]}` with the status that fits. After 429 and 503 wait for as many seconds \
as the header `Retry-After` says.

Answers are judged one after another. Whoever hands one in gets 202 and its id, or with `?wait=` the verdict where \
it is ready in time. An `Idempotency-Key` makes it safe to send a request again of which no answer came.
"""
SUCCESS = {200: "Done.", 201: "Made.", 202: "Taken, and not done yet."}
REFUSALS = {
    400: "The request cannot be read.",
    401: "The token or the session is missing, or is none.",
    403: "Not for you, or not from a page of this server.",
    404: "There is nothing here, or it is not yours.",
    409: "You sit an exam of a class, and everything else is closed meanwhile.",
    413: "More than is taken at once.",
    415: "The body is no JSON.",
    422: "A field is not as it should be.",
    429: "Too many at once; wait as long as Retry-After says.",
}
