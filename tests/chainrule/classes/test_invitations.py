"""Invitations: so many people, until a day, and never one more."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from web_sites import PASSWORD, QUICK

from chainrule.classes import invitations
from chainrule.classes.accounts import add_account
from chainrule.classes.errors import AccountError
from chainrule.classes.records import Account, Classroom, Invitation, Membership, Role
from chainrule.classes.rows import by_id, found, put
from chainrule.store.records import now
from chainrule.store.store import Store


def invited(store: Store, room: Classroom, role: Role = "student", uses: int = 1) -> invitations.Open:
    _, secret = invitations.new(store, room, role, uses, 7)
    found = invitations.open_with(store, secret, now())
    assert found is not None
    return found


def test_the_store_holds_no_link(store: Store, room: Classroom) -> None:
    invitation, secret = invitations.new(store, room, "student", 30, 7)
    assert len(secret) >= 43
    assert secret not in str(found(store, Invitation))
    assert invitations.of_class(store, room, now()) == (invitation,)


def test_a_new_person_joins_with_an_account(store: Store, room: Classroom) -> None:
    sam = invitations.join_as_new(store, QUICK, invited(store, room), "sam", "Sam", PASSWORD, now())
    assert by_id(store, Account, sam.id) == sam
    (member,) = found(store, Membership)
    assert (member.classroom, member.account, member.role) == (room.id, sam.id, "student")


def test_it_is_used_up(store: Store, room: Classroom, sam: Account) -> None:
    one = invited(store, room)
    invitations.join(store, one, sam.id, now())
    with pytest.raises(AccountError, match="used up"):
        invitations.join_as_new(store, QUICK, one, "tom", "Tom", PASSWORD, now())
    assert found(store, Account, login="tom") == ()
    assert invitations.of_class(store, room, now()) == ()


def test_it_ends_on_its_day(store: Store, room: Classroom, sam: Account) -> None:
    _, secret = invitations.new(store, room, "student", 5, 7)
    one = invitations.open_with(store, secret, now())
    later = now() + timedelta(days=7)
    assert one is not None
    assert invitations.open_with(store, secret, later) is None
    with pytest.raises(AccountError, match="too old"):
        invitations.join(store, one, sam.id, later)


def test_of_many_at_once_only_as_many_as_it_is_for_get_in(store: Store, room: Classroom) -> None:
    one = invited(store, room, uses=3)

    def join(number: int) -> bool:
        try:
            invitations.join_as_new(store, QUICK, one, f"student{number}", "Student", PASSWORD, now())
        except AccountError:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(join, range(12))) == 3
    assert len(found(store, Membership)) == 3
    assert len(found(store, Account, role="student")) == 3
    assert found(store, Invitation)[0].left == 0


def test_a_login_that_is_taken_costs_the_link_nothing(store: Store, room: Classroom, sam: Account) -> None:
    one = invited(store, room)
    with pytest.raises(AccountError, match="taken"):
        invitations.join_as_new(store, QUICK, one, "Sam", "Another", PASSWORD, now())
    assert found(store, Invitation)[0].left == 1


def test_joining_twice_costs_the_link_one_use(store: Store, room: Classroom, sam: Account) -> None:
    one = invited(store, room, uses=2)
    assert not invitations.join(store, one, sam.id, now())
    assert not invitations.join(store, one, sam.id, now())
    assert found(store, Invitation)[0].left == 1
    assert len(found(store, Membership)) == 1


def test_a_link_for_instructors_makes_one(store: Store, room: Classroom, sam: Account) -> None:
    put(store, Membership(room.id, sam.id, "student"))
    assert invitations.join(store, invited(store, room, "instructor"), sam.id, now())
    assert by_id(store, Account, sam.id).role == "instructor"
    assert [member.role for member in found(store, Membership)] == ["instructor"]


def test_a_link_for_students_takes_nothing_from_an_instructor(store: Store, room: Classroom, ivy: Account) -> None:
    put(store, Membership(room.id, ivy.id, "instructor"))
    assert not invitations.join(store, invited(store, room), ivy.id, now())
    assert [member.role for member in found(store, Membership)] == ["instructor"]


def test_a_class_ends_its_own_invitations_alone(store: Store, room: Classroom, ivy: Account) -> None:
    other = Classroom("Statistics", "UTC", ivy.id)
    put(store, other)
    invitation, secret = invitations.new(store, room, "student", 5, 7)
    assert not invitations.end(store, other, invitation.id)
    assert invitations.end(store, room, invitation.id)
    assert invitations.open_with(store, secret, now()) is None


@pytest.mark.parametrize(("uses", "days"), [(0, 7), (1001, 7), (5, 0), (5, 367)])
def test_bounds(store: Store, room: Classroom, uses: int, days: int) -> None:
    with pytest.raises(AccountError, match="A link is for 1 to"):
        invitations.new(store, room, "student", uses, days)


def test_a_stranger_s_link_opens_nothing(store: Store, room: Classroom) -> None:
    add_account(store, QUICK, "tom", "Tom", PASSWORD)
    assert invitations.open_with(store, "no such link", now()) is None
    assert invitations.open_with(store, "", now()) is None
