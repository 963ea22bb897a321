"""Verdicts that a server sent."""

from __future__ import annotations

from typing import Any

from grader.sentences import sentence
from grader.verdict import Feedback, Verdict


def verdict_from(said: Any) -> Verdict:
    """The verdict in a server's JSON; a remark that this release does not know keeps the server's words."""
    kept = {**said, "feedback": []}
    found = Verdict.from_json(kept)
    feedback = tuple(_remark(one) for one in said["feedback"])
    return Verdict(found.outcome, found.score, feedback, found.reading, found.evidence, found.mistake, found.level)


def _remark(said: Any) -> Feedback:
    remark = Feedback(said["code"], said["data"])
    try:
        known = sentence(remark) == said["says"]
    except (KeyError, ValueError, TypeError, AttributeError):
        known = False
    return remark if known else Feedback("server.says", {"says": said["says"]})
