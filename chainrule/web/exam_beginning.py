"""Beginning exams: one's own, and those of a class."""

from __future__ import annotations

import logging
import random
from dataclasses import replace
from typing import TYPE_CHECKING

from chainrule.classes.audit import note
from chainrule.classes.records import Assignment, Membership, Sitting
from chainrule.classes.rows import first, found, found_in, put_in
from chainrule.classes.terms import state, terms_for
from chainrule.exams.blueprint import blueprint_files
from chainrule.exams.form import draw_form
from chainrule.exams.kept_form import form_text
from chainrule.exams.labels import random_label
from chainrule.recording import item_of
from chainrule.store.errors import StoreError
from chainrule.store.queries import insert
from chainrule.store.records import Exam
from chainrule.web.exam_ending import hand_in_where_over
from chainrule.web.exam_records import open_exams, open_exams_in
from chainrule.web.exam_times import class_zone, told
from chainrule.web.open_bank import open_bank
from chainrule.web.people import not_yours
from chainrule.web.refusals import Refused
from chainrule.web.signing_in import address
from grader.errors import AuthorError

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from chainrule.exams.blueprint_schema import Blueprint
    from chainrule.exams.form import Form
    from chainrule.store.records import Item
    from chainrule.web.people import Person
    from chainrule.web.site import Site

log = logging.getLogger("chainrule.exams")
TOO_EARLY = "{title} can be begun from {at} on."
BROKEN = "{title} cannot be begun: the server cannot make its questions. Tell your instructor."
CLOSED = "{title} closed: {at}. It cannot be begun any more."


def practice_blueprints(site: Site) -> dict[str, Path]:
    """Name -> file of what anybody may sit as an exam of their own."""
    return blueprint_files(() if site.classes else site.folders)


def practice_blueprint(site: Site, name: str) -> Blueprint:
    """The blueprint of that name. Raises NotFound, and Refused where the bank cannot fill it."""
    path = practice_blueprints(site).get(name)
    if path is None:
        raise not_yours()
    try:
        return site.blueprints.of(site, path)
    except AuthorError as error:
        raise Refused(f"{name} cannot be sat here: {error}") from None


def begin(site: Site, person: Person, blueprint_name: str) -> Exam:
    """An exam of one's own, kept before it is shown; the one that is open, where it is of the same blueprint.

    Raises NotFound, and Refused where another one is open.
    """
    blueprint = practice_blueprint(site, blueprint_name)
    for one in open_exams(site.store, person.id):
        hand_in_where_over(site, one)
    form = draw_form(open_bank(site), blueprint, chance=random.SystemRandom())
    exam, items = _kept(form, person, site.clock())
    with site.store.writing() as connection:
        if opened := open_exams_in(connection, person.id):
            return _same(opened[-1], blueprint)
        insert(connection, [exam, *items])
    return exam


def _same(opened: Exam, blueprint: Blueprint) -> Exam:
    if opened.title != blueprint.title:
        raise Refused(f"The exam {opened.title} is open. Go on with it, and hand it in before you begin another.")
    return opened


def begin_assignment(site: Site, person: Person, assignment_id: str) -> Exam:
    """The exam of a student for an assignment, the same however often it is begun.

    Raises NotFound for who is no student of its class, and Refused outside of its times.
    """
    assignment = first(site.store, Assignment, id=assignment_id)
    if assignment is None:
        raise not_yours()
    if not found(site.store, Membership, classroom=assignment.classroom, account=person.id, role="student"):
        raise not_yours()
    before = first(site.store, Sitting, assignment=assignment.id, account=person.id)
    if before is not None:
        return site.store.exam(before.exam)
    _check_times(site, assignment, person)
    try:
        return _begun(site, person, assignment)
    except StoreError:
        sitting = first(site.store, Sitting, assignment=assignment.id, account=person.id)
        if sitting is None:
            raise
        return site.store.exam(sitting.exam)  # it was begun in another window at the same moment


def _check_times(site: Site, assignment: Assignment, person: Person) -> None:
    terms = terms_for(site.store, assignment, person.id)
    zone = class_zone(site, assignment)
    match state(terms, site.clock()):
        case "early":
            raise Refused(TOO_EARLY.format(title=assignment.title, at=told(terms.opens, zone)))
        case "closed":
            raise Refused(CLOSED.format(title=assignment.title, at=told(terms.closes, zone)))


def _begun(site: Site, person: Person, assignment: Assignment) -> Exam:
    try:
        form = site.questions.form(site.bank, assignment, person.id, site.variants.draw)
    except AuthorError as error:  # what is wrong may name questions, so the instructor's page says it, and the log
        log.error("an assignment cannot be begun", extra={"assignment": assignment.id, "error": str(error)})
        raise Refused(BROKEN.format(title=assignment.title)) from None
    with site.store.writing() as connection:
        for sitting in found_in(connection, Sitting, assignment=assignment.id, account=person.id):
            return site.store.exam(sitting.exam)
        exam, items = _kept(form, person, site.clock(), assignment.title)
        if not insert(connection, [exam])[Exam]:  # another exam has this label, which says nothing anyhow
            exam, items = _kept(replace(form, id=random_label()), person, exam.at, assignment.title)
            insert(connection, [exam])
        insert(connection, items)
        put_in(connection, Sitting(assignment.id, person.id, exam.id, at=exam.at))
    note(site.store, person.id, "exam-begun", exam.title, address(), at=exam.at)
    return exam


def _kept(form: Form, person: Person, at: datetime, title: str = "") -> tuple[Exam, list[Item]]:
    """The form as records. title: of the assignment that it is for, which students know, not the blueprint's."""
    blueprint = form.blueprint
    exam = Exam(form.id, title or form.title, form_text(form), blueprint.minutes, blueprint.feedback, person.id, at)
    drawn = [(one.number, one.variant) for one in form.items]
    items = [item_of(variant, "exam", learner=person.id, exam=form.id, number=number) for number, variant in drawn]
    return exam, [replace(item, at=at) for item in items]
