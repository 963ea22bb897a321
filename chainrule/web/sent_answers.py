"""An answer as a form sends it: its text, the hints that were shown, the time that was spent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chainrule.web.fields import FILE, answer_from
from chainrule.web.site import site
from chainrule.web.uploads import submitted

if TYPE_CHECKING:
    from werkzeug.wrappers import Request

    from chainrule.store.records import Item
    from questions.variant import Part

LONGEST = 3600.0  # seconds that count: a page may stay open for the night


@dataclass(frozen=True)
class Sent:
    """text: the answer; typed: what stood in the field. remarks: on what was taken of a file."""

    text: str
    typed: str
    remarks: tuple[str, ...] = ()


def field_name(request: Request, part: Part) -> str:
    """The name of the field that holds the answer: `answer`, or `answer-b` where a page has several."""
    own = f"answer-{part.id}"
    return own if own in request.form or own + FILE in request.files else "answer"


def typed_text(request: Request, part: Part) -> str:
    """What stood in the field, whatever file came with it."""
    name = field_name(request, part)
    typed = request.form.get(name, "").replace("\r\n", "\n")
    return ", ".join(request.form.getlist(name)) if part.kind == "statements" else typed


def sent_answer(request: Request, item: Item, part: Part) -> Sent:
    """The answer. Raises Refused for a file that cannot be taken."""
    name = field_name(request, part)
    typed = typed_text(request, part)
    file = request.files.get(name + FILE)
    if part.kind == "code" and file is not None and file.filename:
        found = submitted(file, part, item.family)
        return Sent(found.code, found.code, (f"Taken from {file.filename[:100]}.", *found.remarks))
    return Sent(answer_from(request.form, request.files, part, name=name), typed)


def hints_shown(request: Request) -> int:
    """How many hints were on the page."""
    return _whole(request.form.get("hints", ""), 100)


def seconds_spent(request: Request) -> float:
    """Since the page was made, as it says; 0 where it does not."""
    since = _whole(request.form.get("since", ""), 2**40)
    return max(0.0, min(site().clock().timestamp() - since, LONGEST)) if since else 0.0


def _whole(text: str, most: int) -> int:
    return min(int(text), most) if text.isascii() and text.isdigit() and len(text) < 15 else 0
