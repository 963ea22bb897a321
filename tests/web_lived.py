"""A class in which something happened: answers, an appeal, exams that are sat, handed in and told, links, tokens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from exam_sites import DAY, FAMILIES, HOUR, Exams
from web_answers import ONE_OF_EACH
from web_sites import SHIPPED

from chainrule.classes import invitations, links
from chainrule.classes.records import Job
from chainrule.classes.rows import put
from chainrule.sheets import Choice, make_sheet
from chainrule.store.records import Appeal, Item
from chainrule.web import answering, sitting
from chainrule.web.app import create_app
from chainrule.web.exam_saving import save
from chainrule.web.sheet_pieces import Pieces, pieces_of
from questions.bank import Bank
from questions.sheets import load_sheets

if TYPE_CHECKING:
    from flask import Flask

    from chainrule.classes.records import Assignment
    from chainrule.store.records import Exam
    from chainrule.web.people import Person

FAMILY, PART = ONE_OF_EACH["formula"]


@dataclass(frozen=True)
class Lived:
    """ids: an address's argument -> what stands for it, by the beginning of the address; the longest one counts."""

    exams: Exams
    app: Flask
    ids: Mapping[str, Mapping[str, str]]
    more: tuple[str, ...]

    def values(self, rule: str) -> Mapping[str, str]:
        """What stands in the address."""
        return self.ids[max((one for one in self.ids if rule.startswith(one)), key=len)]


def sit(exams: Exams) -> tuple[Assignment, Exam]:
    """An exam that the student began and answered in part."""
    site, sam = exams.site, exams.person(exams.school.student)
    given = exams.assign(families=FAMILIES)
    exams.accommodate(given, exams.school.other, extra=1.5)
    exam = sitting.begin_assignment(site, sam, given.id)
    for item in site.store.exam_items(exam.id)[:1]:
        part = exams.site.bank.family(item.family).draw(item.seed).parts[0]
        save(site, sam, exam, item.number, part.id, "c*(x - t")
    return given, exam


def handed_in(exams: Exams, exam: Exam) -> None:
    """Hands it in; its results come later."""
    sitting.hand_in(exams.site, exams.person(exams.school.student), exam)


def live_on(exams: Exams, given: Assignment, exam: Exam) -> Lived:
    """Nine days later: the exam is told, an appeal waits, and the student has practised."""
    exams.clock.forward(9 * DAY)
    site, school = exams.site, exams.school
    sam = exams.person(school.student)
    wrong = next(one for one in site.store.judged(sam.id, exam=exam.id) if one.outcome != "right")
    appeal = Appeal(wrong.attempt.id, "I think it is right")
    site.store.add(appeal)
    exams.assign(title="Next", due=exams.clock() + DAY, reveals=exams.clock() + DAY, opens=exams.clock() - HOUR)
    with school.app.test_request_context():
        more, item = practised(exams, sam)
    waiting = Job("quick", sam.id, item, PART, "p*q + 1", at=exams.clock())
    put(site.store, waiting)
    room = {"id": school.classroom.id, "assignment": given.id, "account": school.student.id}
    ids = {
        "/": {},
        "/answers/": {"id": waiting.id},
        "/appeals/": {"id": appeal.id},
        "/classes/": room,
        "/exams/": {"form": exam.id, "number": "1"},
        "/items/": {"id": item},
        "/join/": {"token": invitations.new(site.store, school.classroom, "student", 3, 7, exams.clock())[1]},
        "/preview/": {"family": FAMILIES[0], "seed": "1"},
        "/reset/": {"link": links.reset_link(site.secret, school.other, exams.clock())},
        "/sheets/": {"topic": "navigation"},
        "/topics/": {"topic": "navigation"},
    }
    return Lived(exams, create_app(replace(site, sheets=Short())), ids, tuple(more))


class Short:
    """A shelf with one sheet, the shortest there is, with one worked question."""

    def get(self, topic: str) -> Pieces | None:
        """The sheet of navigation."""
        return self.made().get(topic)

    def made(self) -> Mapping[str, Pieces]:
        """It."""
        topic = "navigation"
        family = next(one for one in SHIPPED.families.values() if one.topic == topic)
        sheets, _ = load_sheets(None, [topic])
        bank = Bank({family.id: family}, (), SHIPPED.known_topics)
        return {topic: pieces_of(topic, make_sheet(bank, sheets, Choice((topic,))))}


def practised(exams: Exams, sam: Person) -> tuple[list[str], str]:
    """Addresses of questions with answers of every outcome, and one that is judged."""
    site = exams.site
    right = SHIPPED.family(FAMILY).draw(3).part(PART).answer_text
    derivation = ONE_OF_EACH["derivation"]
    unread, judged, derived = (answering.ask(site, sam, family, 3) for family in (FAMILY, FAMILY, derivation[0]))
    answering.submit(site, sam, unread, PART, "p*log(D) + ((1-p")
    for text in ("p*q", right):
        answering.submit(site, sam, judged, PART, text)
    answering.submit(site, sam, derived, derivation[1], "ds = 1\ndA = 2")
    changed = Item(FAMILY, "old", 1, "{}", "practice", learner=sam.id)
    site.store.add(changed)
    others = [answering.ask(site, sam, ONE_OF_EACH[kind][0], 4) for kind in ("ordering", "statements", "code", "shape")]
    addresses = [f"/items/{one.id}" for one in (unread, derived, changed, *others)]
    return [*addresses, f"/items/{others[0].id}/worked", f"/items/{derived.id}/worked"], judged.id
