"""The form of a question of an exam that comes back: each part is saved by itself, so that none costs another."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from werkzeug.datastructures import FileStorage, MultiDict

from chainrule.classes.records import Job
from chainrule.classes.rows import found
from chainrule.web.exam_question import NAMED, Outcome, places_of
from chainrule.web.exam_saving import Saved, TooLate, judge, save
from chainrule.web.fields import answer_from
from chainrule.web.limiting import count_kept
from chainrule.web.refusals import Refused

if TYPE_CHECKING:
    from chainrule.exam_places import Place
    from chainrule.examining import Running
    from chainrule.web.people import Person
    from chainrule.web.site import Site

Form = MultiDict[str, str]
Files = MultiDict[str, FileStorage]


def save_form(site: Site, person: Person, running: Running, number: int, form: Form, files: Files) -> Outcome:
    """What became of a form with all parts of a question. Raises NotFound."""
    saved: dict[str, Saved] = {}
    refused: dict[str, str] = {}
    typed: dict[str, str] = {}
    seconds = _seconds(site, form)
    for place in places_of(running, number):
        id = place.part.id
        try:
            answer = answer_from(form, files, place.part, name=NAMED.format(id))
            count_kept(site, person.id, answer)
            saved[id] = save(site, person, running.exam, number, id, answer, seconds, form.get(f"seen-{id}", ""))
        except TooLate as error:
            return Outcome(saved, refused, _typed(running, number, form), str(error.description))
        except Refused as error:
            refused[id], typed[id] = str(error.description), _typed(running, number, form)[id]
        else:
            judge_where_new(site, person, running, place, saved[id].answer)
    return Outcome(saved, refused, typed)


def _typed(running: Running, number: int, form: Form) -> Mapping[str, str]:
    """What the fields held, without files."""
    none: Files = MultiDict()
    return {
        place.part.id: answer_from(form, none, place.part, name=NAMED.format(place.part.id))
        for place in places_of(running, number)
    }


def judge_where_new(site: Site, person: Person, running: Running, place: Place, answer: str) -> None:
    """Sends an answer to be judged, once, where the exam says at once what it is worth."""
    if running.exam.feedback == "none":
        return
    before = found(site.store, Job, item=place.item.id, part=place.part.id, exam=running.exam.id)
    if not before or before[-1].answer != answer:
        judge(site, person, running.exam, place, answer)


def _seconds(site: Site, form: Form) -> float:
    """Since the page was made, as the form says; no more counts than has passed since something was saved."""
    try:
        shown = datetime.fromtimestamp(float(form.get("shown", "")), UTC)
    except (ValueError, OverflowError, OSError):
        return 0.0
    return max(0.0, (site.clock() - shown).total_seconds())
