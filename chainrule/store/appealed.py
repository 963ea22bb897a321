"""An appeal with all that is needed to decide it."""

from __future__ import annotations

from dataclasses import dataclass

from chainrule.store.records import Appeal, Decision, Judged


@dataclass(frozen=True)
class Appealed:
    """An appeal, what it is about, and its latest decision; None while it is open."""

    appeal: Appeal
    judged: Judged
    decision: Decision | None = None
