"""What went wrong in an answer by name: declared mistakes, wrong options, statements that were misjudged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from grader.sentences import sentence
from grader.verdict import Feedback

Remarks = Iterable[tuple[str, Mapping[str, Any]]]  # codes of feedback with their data


def slips_of(kind: str, mistake: str, remarks: Remarks, reading: str) -> tuple[tuple[str, str], ...]:
    """Names and sentences; () where nothing was recognised.

    Labels of options differ from student to student: an option goes by its name and is told by its text, and a
    statement goes by the sentence that corrects it.
    """
    if kind == "statements":
        says = [str(data["says"]) for code, data in remarks if code == "statements.misjudged"]
        return tuple((one, "") for one in dict.fromkeys(says))
    if not mistake:
        return ()
    if kind == "choice":
        return ((mistake, reading.partition(") ")[2]),)
    declared = [str(data["says"]) for code, data in remarks if code == "mistake"]
    told = declared or [sentence(Feedback(code, data)) for code, data in remarks]
    return ((mistake, " ".join(" ".join(told).split())),)
