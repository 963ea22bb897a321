"""Assignments: made from a blueprint, changed, deleted while nobody has begun, and looked at beforehand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from chainrule.classes.records import Accommodation, Assignment, Sitting
from chainrule.classes.rows import change_in, found_in, put, remove_in
from chainrule.exams.blueprint import read_blueprint
from chainrule.exams.class_chance import new_secret
from chainrule.exams.form import class_form

if TYPE_CHECKING:
    from chainrule.exams.blueprint_schema import Blueprint
    from chainrule.exams.form import Form
    from chainrule.store.store import Store
    from questions.bank import Bank

FILE = "blueprint"  # how messages about the typed text call it
LOOK, COPY = "look", "copy"  # students who are none: no account has such an id


class Begun(Exception):
    """Somebody has begun the assignment, so that what it asks cannot be changed any more."""


@dataclass(frozen=True)
class Wanted:
    """What an instructor decides about an assignment."""

    title: str
    blueprint: str
    opens: datetime
    due: datetime
    reveals: datetime
    late_percent: float
    late_days: int


def checked_blueprint(text: str, bank: Bank) -> Blueprint:
    """The blueprint of a text that the bank can fill: a form of it was drawn.

    Raises FaultError with places in the text, and AuthorError for a question that cannot be drawn.
    """
    blueprint = read_blueprint(text, bank, FILE)
    class_form(bank, blueprint, secret=new_secret(), exam="check", student="check")
    return blueprint


def make(store: Store, room: str, wanted: Wanted) -> Assignment:
    """A new assignment with a secret of its own."""
    made = Assignment(room, secret=new_secret().hex(), **vars(wanted))
    put(store, made)
    return made


def update(store: Store, given: Assignment, wanted: Wanted) -> Assignment:
    """The assignment as it is wanted. Raises Begun where that would ask something else of those who began."""
    with store.writing() as connection:
        if wanted.blueprint != given.blueprint and found_in(connection, Sitting, assignment=given.id):
            raise Begun
        change_in(connection, Assignment, {"id": given.id}, **vars(wanted))
    return replace(given, **vars(wanted))


def delete(store: Store, given: Assignment) -> None:
    """Deletes the assignment with its accommodations. Raises Begun."""
    with store.writing() as connection:
        if found_in(connection, Sitting, assignment=given.id):
            raise Begun
        remove_in(connection, Accommodation, assignment=given.id)
        remove_in(connection, Assignment, id=given.id)


def form_to_look_at(bank: Bank, given: Assignment, copy: int = 0) -> Form:
    """The questions that every student gets, with numbers that none of them has. copy: other numbers for each.

    Raises AuthorError where the bank cannot fill the blueprint any more.
    """
    student = f"{COPY} {copy}" if copy else LOOK
    blueprint = read_blueprint(given.blueprint, bank, FILE)
    form = class_form(bank, blueprint, secret=bytes.fromhex(given.secret), exam=given.id, student=student)
    return replace(form, student="")
