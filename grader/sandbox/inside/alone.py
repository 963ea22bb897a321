"""A process for one submission, started afresh: where there is no safe fork (other systems than Linux).

The channel carries first "warm" or "failed", and then what `child.py` and `submission.py` say.
"""

from __future__ import annotations

from typing import Any

from grader.sandbox.inside import channel as line
from grader.sandbox.inside.child import live
from grader.sandbox.inside.prepare import prepared
from grader.sandbox.inside.records import Record


def main(settings: dict[str, Any]) -> None:
    """Serves one submission over the inherited channel. settings: those of `start.py`."""
    descriptor = settings["descriptor"]
    try:
        confinement = prepared(settings)
    except Exception as error:  # whatever it is, the other side must hear of it
        line.send(descriptor, Record({"kind": "failed", "why": f"{type(error).__name__}: {error}"[:1000]}))
        return
    line.send(descriptor, Record({"kind": "warm", "level": confinement.level}))
    live(descriptor, confinement)
