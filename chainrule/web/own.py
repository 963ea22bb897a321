"""What belongs to an instructor: the one place that decides whether a class and what lies in it may be seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chainrule.classes.records import Account, Assignment, Classroom, Membership, Sitting
from chainrule.classes.rows import first, found
from chainrule.web.people import not_yours

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chainrule.web.people import Person
    from chainrule.web.site import Site


def own_classes(site: Site, person: Person) -> tuple[Classroom, ...]:
    """The classes of which the person is instructor, in the order of their making."""
    taught = [one.classroom for one in found(site.store, Membership, account=person.id, role="instructor")]
    return found(site.store, Classroom, id=taught) if taught else ()


def own_class(site: Site, person: Person, id: str) -> Classroom:
    """A class of which the person is instructor. Raises NotFound, for somebody else's as for none."""
    room = first(site.store, Classroom, id=id)
    if room is None or first(site.store, Membership, classroom=id, account=person.id, role="instructor") is None:
        raise not_yours()
    return room


def own_assignment(site: Site, person: Person, id: str, assignment: str) -> tuple[Classroom, Assignment]:
    """A class of the person and an assignment of it. Raises NotFound."""
    room = own_class(site, person, id)
    given = first(site.store, Assignment, id=assignment, classroom=room.id)
    if given is None:
        raise not_yours()
    return room, given


def own_member(site: Site, room: Classroom, account: str) -> tuple[Membership, Account]:
    """A person of a class that `own_class` gave. Raises NotFound."""
    member = first(site.store, Membership, classroom=room.id, account=account)
    known = first(site.store, Account, id=account)
    if member is None or known is None:
        raise not_yours()
    return member, known


def own_student(site: Site, room: Classroom, account: str) -> Account:
    """A student of a class that `own_class` gave. Raises NotFound, for an instructor too."""
    member, known = own_member(site, room, account)
    if member.role != "student":
        raise not_yours()
    return known


def own_learners(site: Site, person: Person) -> frozenset[str]:
    """The students of all classes of the person, by their ids."""
    rooms = [room.id for room in own_classes(site, person)]
    members = found(site.store, Membership, classroom=rooms, role="student") if rooms else ()
    return frozenset(one.account for one in members)


def exams_elsewhere(site: Site, person: Person) -> frozenset[str]:
    """Exams that the person's students sat for assignments of classes which the person does not teach."""
    rooms = [room.id for room in own_classes(site, person)]
    own = {one.id for one in found(site.store, Assignment, classroom=rooms)}
    sittings = found(site.store, Sitting, account=sorted(own_learners(site, person)))
    return frozenset(one.exam for one in sittings if one.assignment not in own)


def in_own_hands(site: Site, person: Person, accounts: Sequence[Account]) -> frozenset[str]:
    """The ids of those accounts for which only the person answers: students who are in no class of somebody else.

    Whoever can set a password can be that person; no class may be a way into another one.
    """
    rooms = {room.id for room in own_classes(site, person)}
    members = found(site.store, Membership, account=[account.id for account in accounts])
    others = {one.account for one in members if one.classroom not in rooms or one.role != "student"}
    return frozenset(account.id for account in accounts if account.role == "student" and account.id not in others)
