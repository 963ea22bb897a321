"""Times as whoever asks reads them, on pages that belong to no one class."""

from __future__ import annotations

from datetime import datetime

from chainrule.web.clocks import zone_of
from chainrule.web.exam_times import told
from chainrule.web.once import once
from chainrule.web.people import person
from chainrule.web.site import site


def told_here(at: datetime) -> str:
    """The time in the zone of the person's first class: `Mon 18 Jan 2027, 09:30 CET`."""
    return told(at, once("own zone", person().id, lambda: zone_of(site(), person())))
