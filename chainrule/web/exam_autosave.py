"""One answer of an exam that is kept while it is typed: JSON from the page's script, and JSON back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import jsonify

from chainrule.web import sitting
from chainrule.web.exam_times import exam_zone, told_hour
from chainrule.web.limiting import count_kept
from chainrule.web.people import person
from chainrule.web.refusals import Refused
from chainrule.web.sent_json import sent_fields
from chainrule.web.site import site

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from chainrule.store.records import Exam

LONGEST_DAY = 86400.0  # seconds that one save may add


def autosave(exam: Exam, number: int, part: str) -> ResponseReturnValue:
    """{answer, seconds, seen} -> {at, saved, reading, draft, elsewhere}, or {error} with what is wrong."""
    answer, seconds, seen = _sent(sent_fields())
    try:
        count_kept(site(), person().id, answer)
        kept = sitting.save(site(), person(), exam, number, part, answer, seconds, seen)
    except Refused as error:
        return jsonify({"error": str(error.description), "late": isinstance(error, sitting.TooLate)}), error.code or 409
    saved = f"Saved at {told_hour(kept.at, exam_zone(site(), person(), exam))}."
    return jsonify(
        {
            "at": kept.at.isoformat(),
            "saved": saved,
            "reading": kept.reading,
            "draft": kept.draft,
            "answer": kept.answer,
            "elsewhere": kept.elsewhere,
        }
    )


def _sent(sent: dict[str, object]) -> tuple[str, float, str]:
    """The fields of a save. Raises Refused."""
    answer, seconds, seen = sent.get("answer"), sent.get("seconds", 0), sent.get("seen", "")
    numeric = isinstance(seconds, int | float) and not isinstance(seconds, bool) and 0 <= seconds <= LONGEST_DAY
    if not isinstance(answer, str) or not numeric or not isinstance(seen, str):
        raise Refused('Send JSON such as {"answer": "x + 1", "seconds": 12, "seen": ""}.', 422)
    return answer.encode(errors="replace").decode(), float(seconds), seen  # type: ignore[arg-type]
