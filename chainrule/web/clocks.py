"""What time it is for the person who asks."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from chainrule.classes.records import Classroom, Membership
from chainrule.classes.rows import first
from chainrule.dates import LocalZone

if TYPE_CHECKING:
    from chainrule.web.people import Person
    from chainrule.web.site import Site


def zone_of(site: Site, person: Person) -> tzinfo:
    """The zone of the first class of the person, else this machine's."""
    member = first(site.store, Membership, account=person.id) if site.classes else None
    room = first(site.store, Classroom, id=member.classroom) if member else None
    return ZoneInfo(room.zone) if room else LocalZone()


def local_time(site: Site, person: Person) -> datetime:
    """The present time in the person's zone."""
    return site.clock().astimezone(zone_of(site, person))
