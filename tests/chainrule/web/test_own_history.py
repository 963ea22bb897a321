"""History: own answers page by page, filters, appeals; settings; own records to take along."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from web_learner import Learner
from web_sites import School

from chainrule.store.exchange import imported
from chainrule.store.opening import open_store
from chainrule.store.records import Attempt, Decision, Ending, Exam, Item, Regrading, Setting, now
from chainrule.web.answered import MOST_NOTE
from chainrule.web.own_settings import OwnSettings, own_settings
from chainrule.web.people import OWNER
from chainrule.web.site import Site

FAMILY, PART = "adversarial.best-discriminator", "objective"


@pytest.fixture
def learner(client: FlaskClient) -> Learner:
    return Learner(client)


def filled(site: Site) -> list[Attempt]:
    """60 answers: right and wrong ones, of two topics, the last 10 in an exam that is over."""
    site.store.add(Exam("OVER", "Mock", "{}", 60.0), Ending("OVER", "handed-in", 1.0, 2.0))
    made: list[Attempt] = []
    for number in range(60):
        exam = "OVER" if number >= 50 else ""
        family = "convolution.output-size" if number % 3 else "supervised.cross-entropy-by-hand"
        at = now() - timedelta(hours=60 - number)
        item = Item(family, "v", number, "{}", "exam" if exam else "practice", exam=exam, number=number, at=at)
        outcome = ("right", "wrong")[number % 2]
        made.append(Attempt(item.id, "a", "integer", f"<{number}>", outcome, 1.0 - number % 2, 1.0, at=at))
        site.store.add(item, made[-1])
    return made


def count(page: str) -> int:
    return page.count('<li class="card">')


def test_history_has_pages_newest_first(learner: Learner, alone: Site) -> None:
    filled(alone)
    first, second = (learner.client.get(f"/history?page={page}").text for page in (1, 2))
    assert (count(first), count(second)) == (50, 10)
    assert first.index("&lt;59&gt;") < first.index("&lt;58&gt;")
    assert "page 1 of 2" in first
    assert "&lt;9&gt;" in second
    for wrong in ("3", "0", "-1", "x", "9" * 400):
        assert learner.client.get(f"/history?page={wrong}").status_code == 404


def test_history_is_filtered(learner: Learner, alone: Site) -> None:
    attempts = filled(alone)
    for wanted, number in (("topic=supervised", 20), ("outcome=wrong", 30), ("mode=exam", 10), ("mode=practice", 50)):
        assert f">{number} answers" in learner.client.get(f"/history?{wanted}").text
    assert ">2 answers" in learner.client.get("/history?topic=supervised&outcome=wrong&mode=exam").text
    alone.store.add(Regrading(attempts[1].id, "v2", "right", 1.0))
    assert ">29 answers" in learner.client.get("/history?outcome=wrong").text
    assert "judged anew" in learner.client.get("/history?page=2").text
    for wrong in ("topic=cooking", "outcome=splendid", "mode=quiz"):
        assert learner.client.get(f"/history?{wrong}").status_code == 404


def test_an_exam_that_runs_is_not_in_the_history(learner: Learner, alone: Site) -> None:
    item = Item(FAMILY, "v", 1, "{}", "exam", exam="OPEN", number=1)
    attempt = Attempt(item.id, PART, "formula", "p", "right", 1.0, 1.0)
    alone.store.add(Exam("OPEN", "Mock", "{}", 60.0), item, attempt)
    assert count(learner.client.get("/history").text) == 0
    for address in (f"/items/{item.id}", f"/items/{item.id}/worked", f"/answers/{attempt.id}"):
        assert learner.client.get(address).status_code == 404
    for address in (f"/items/{item.id}/{PART}", f"/items/{item.id}/same", f"/items/{item.id}/again"):
        assert learner.post(address, answer="p").status_code == 404
    assert learner.post(f"/answers/{attempt.id}/appeal").status_code == 404
    alone.store.add(Ending("OPEN", "handed-in", 1.0, 1.0))
    assert count(learner.client.get("/history").text) == 1
    assert learner.client.get(f"/answers/{attempt.id}").location == "/exams/OPEN/report"
    assert learner.client.get(f"/items/{item.id}").status_code == 404


def test_an_appeal_is_kept_once_and_its_decision_is_shown(learner: Learner, alone: Site) -> None:
    item = learner.ask(FAMILY)
    learner.answer(item, PART, "p*q")
    attempt = alone.store.judged()[0].attempt.id
    reply = learner.post(f"/answers/{attempt}/appeal", note=" <b>Look</b> again ")
    page = learner.client.get(reply.location).text
    assert "It is kept, and will be decided" in page
    assert "&lt;b&gt;Look&lt;/b&gt; again" in page
    assert f"/answers/{attempt}/appeal" not in page
    assert learner.post(f"/answers/{attempt}/appeal").status_code == 409
    (kept,) = alone.store.appeals()
    assert (kept.appeal.attempt, kept.appeal.note) == (attempt, "<b>Look</b> again")
    alone.store.add(Decision(kept.appeal.id, accepted=False, says="It has to be a ratio."))
    for address in (item, "/history"):
        assert "It has to be a ratio." in learner.client.get(address).text


def test_an_appeal_needs_an_answer_that_is_not_right(learner: Learner, alone: Site) -> None:
    item = learner.ask(FAMILY)
    learner.answer(item, PART, alone.bank.family(FAMILY).draw(1).part(PART).answer_text)
    learner.answer(item, PART, "p -")
    right = alone.store.judged()[0].attempt.id
    assert learner.post(f"/answers/{right}/appeal").status_code == 409
    learner.answer(item, PART, "p*q")
    wrong = alone.store.judged()[1].attempt.id
    assert learner.post(f"/answers/{wrong}/appeal", note="x" * (MOST_NOTE + 1)).status_code == 413
    assert not alone.store.appeals()
    assert learner.post("/answers/nothing/appeal").status_code == 404


def test_settings_are_kept_where_they_changed(learner: Learner, alone: Site) -> None:
    day = (alone.clock() + timedelta(days=30)).date().isoformat()
    given = {"exam": day, "minutes": "25,5", "topics": ["recurrent", "convolution"]}
    assert learner.post("/settings", **given).status_code == 303
    assert own_settings(alone, OWNER) == OwnSettings(day, ("convolution", "recurrent"), "25.5")
    assert alone.store.setting("began") is not None
    learner.post("/settings", **given)
    page = learner.client.get("/settings").text
    assert f'value="{day}"' in page
    assert page.count(" checked") == 2
    learner.post("/settings", exam="", minutes="40")
    assert own_settings(alone, OWNER) == OwnSettings("", (), "40")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"exam": "2020-01-01"}, "is over"),
        ({"exam": "9999-12-31"}, "too far away"),
        ({"exam": "soon<b>"}, "expected year, month and day"),
        ({"minutes": "0"}, "write a number from 1 to 960"),
        ({"minutes": "nan"}, "write a number from 1 to 960"),
        ({"topics": ["cooking"]}, "There is no topic"),
    ],
)
def test_a_setting_that_cannot_be_used_changes_nothing(
    learner: Learner, alone: Site, change: dict[str, object], says: str
) -> None:
    before = own_settings(alone, OWNER)
    reply = learner.post("/settings", **{"exam": "", "minutes": "33", **change})
    assert reply.status_code == 422
    assert says in reply.text
    assert "<b>" not in reply.text.partition("<main")[2].replace("<b>You", "")
    assert own_settings(alone, OWNER) == before


def test_own_records_can_be_taken_elsewhere(as_student: FlaskClient, as_other: FlaskClient, school: School) -> None:
    for client in (as_student, as_other):
        learner = Learner(client)
        learner.answer(learner.ask(FAMILY), PART, "p*q")
    site, student = school.site, school.student.id
    mine = site.store.judged(student)[0].attempt.id
    Learner(as_student).post(f"/answers/{mine}/appeal", note="mine")
    site.store.add(
        Regrading(mine, "v2", "right", 1.0),
        Decision(site.store.appeals()[0].appeal.id, accepted=True, says="Yes."),
        Setting("minutes-a-day", "20", student),
    )
    reply = as_student.get("/settings/export")
    assert "attachment" in reply.headers["Content-Disposition"]
    lines = reply.text.splitlines()
    assert {json.loads(line)["record"] for line in lines[1:]} == {
        "item", "attempt", "regrading", "appeal", "decision", "setting",
    }  # fmt: skip
    assert school.other.id not in reply.text


def test_own_records_are_read_back(learner: Learner, alone: Site, tmp_path: Path) -> None:
    filled(alone)
    lines = learner.client.get("/settings/export").text.splitlines()
    with open_store(str(tmp_path / "elsewhere.db")) as store:
        counts = imported(store, lines)
        assert counts.new == {"exam": 1, "item": 60, "attempt": 60, "ending": 1}
        assert store.judged() == alone.store.judged()


def test_nobody_unknown_sees_any_of_it(school: School) -> None:
    client = school.app.test_client()
    for address in ("/", "/history", "/settings", "/settings/export", "/topics/convolution", f"/try/{FAMILY}"):
        assert client.get(address).location.startswith("/login?next=")
