"""The first page: the same figures as the terminal's, an open exam, news until they are read, topics."""

from __future__ import annotations

import re
from datetime import timedelta

from exam_sites import DAY, Exams
from flask.testing import FlaskClient
from web_learner import Learner

from chainrule.dates import local_now
from chainrule.standing import EXAM, standing
from chainrule.store.records import Appeal, Attempt, Decision, Exam, Item, Regrading, Setting, now
from chainrule.today import where_text
from chainrule.web.people import OWNER
from chainrule.web.site import Site
from chainrule.web.sitting import begin_assignment, hand_in, may_see_report
from chainrule.web.today import today
from chainrule.web.unrevealed import unrevealed

FAMILIES = ("convolution.output-size", "convolution.same-padding", "supervised.cross-entropy-by-hand")


def answered(site: Site, days_ago: float, family: str, score: float = 1.0) -> Attempt:
    at = now() - timedelta(days=days_ago)
    item = Item(family, "v", 1, "{}", "practice", at=at)
    outcome = "right" if score else "wrong"
    attempt = Attempt(item.id, "a", "integer", "1", outcome, score, 1.0, seconds=120.0, at=at)
    site.store.add(item, attempt)
    return attempt


def test_the_first_visit_welcomes(client: FlaskClient) -> None:
    page = client.get("/").text
    assert "Welcome" in page
    assert "0 of 553" in page
    assert "New</h2>" not in page
    assert page.count("<progress") == 16


def test_the_figures_are_those_of_the_terminal(client: FlaskClient, alone: Site) -> None:
    for days, family in zip((30, 20, 0), FAMILIES, strict=True):
        answered(alone, days, family)
    for exam in ("", (local_now() + timedelta(days=9)).date().isoformat()):
        alone.store.add(Setting(EXAM, exam))
        found = today(alone, OWNER)
        text = where_text(standing(alone.store, alone.bank, local_now()))
        assert f"{found.families} questions, {found.seen} seen, {found.due} due." in text
        assert (found.seen, found.due) == (3, 2)
        assert (sum(line.seen for line in found.topics), sum(line.due for line in found.topics)) == (3, 2)
        if exam:
            assert f"Exam {found.exam}. Today {found.practised:.0f} of {found.target:.0f} minutes" in text
        page = client.get("/").text
        assert ">2</b> questions are due" in page
        assert f"{found.practised:.0f} of {found.target:.0f} min" in page


def test_an_exam_that_runs_is_shown_with_its_clock(client: FlaskClient, alone: Site) -> None:
    alone.store.add(Exam("ABCD-EFGH", "Mock", "{}", 60.0))
    page = client.get("/").text
    assert re.search(r"Mock</b> is open: (1:00:00|59:\d\d) left", page)
    assert 'href="/exams/ABCD-EFGH"' in page


def test_news_stay_until_they_are_read(client: FlaskClient, alone: Site) -> None:
    attempt = answered(alone, 1, FAMILIES[0], 0.0)
    appeal = Appeal(attempt.id)
    alone.store.add(appeal, Decision(appeal.id, accepted=True, says="The key was narrow."))
    alone.store.add(Regrading(attempt.id, "v2", "right", 1.0))
    for _ in range(2):
        page = client.get("/").text
        assert "You were right about “Output size of a convolution”: The key was narrow." in page
        assert "1 answer of yours was judged anew" in page
    sent = dict(re.findall(r'name="(until|anew)" value="([^"]*)"', page))
    assert Learner(client).post("/news", **sent).status_code == 303
    assert "The key was narrow" not in client.get("/").text


def test_what_is_decided_after_the_page_was_made_is_not_lost(client: FlaskClient, alone: Site) -> None:
    first, second = (answered(alone, 1, family, 0.0) for family in FAMILIES[:2])
    early, late = Appeal(first.id), Appeal(second.id)
    alone.store.add(early, late, Decision(early.id, accepted=False, says="It stands."))
    sent = dict(re.findall(r'name="(until|anew)" value="([^"]*)"', client.get("/").text))
    alone.store.add(Decision(late.id, accepted=True, says="Mended."))
    Learner(client).post("/news", **sent)
    page = client.get("/").text
    assert "Mended." in page
    assert "It stands." not in page


def test_news_take_no_nonsense(client: FlaskClient) -> None:
    learner = Learner(client)
    tomorrow = (now() + DAY).isoformat()
    for until, anew in (("", "1"), ("x", "1"), (tomorrow, "1"), ("2026-01-01", "1"), (now().isoformat(), "-3")):
        assert learner.post("/news", until=until, anew=anew).status_code == 422


def test_a_topic_lists_its_questions_by_level(client: FlaskClient, alone: Site) -> None:
    answered(alone, 20, FAMILIES[0])
    page = client.get("/topics/convolution").text
    assert re.search(r"Seen (19|20) days ago, score 100 %, recall \d\d %", page)
    assert page.index('id="level-1"') < page.index('id="level-2"')
    found = client.get("/topics/convolution?q=PADDING+same").text
    assert "convolution.same-padding" in found
    assert "convolution.output-size" not in found
    assert "has these words" in client.get("/topics/convolution?q=zebra").text
    assert client.get("/topics/cooking").status_code == 404


def test_an_exam_tells_nothing_before_it_is_revealed(exams: Exams) -> None:
    """What was answered in it counts nowhere, not even as seen, until its marks may be shown."""
    site, sam = exams.site, exams.person(exams.school.student)
    exam = begin_assignment(site, sam, exams.assign(families=FAMILIES).id)
    client = exams.client(exams.school.student)
    assert unrevealed(site, sam) == {exam.id}
    hand_in(site, sam, exam)
    items = site.store.exam_items(exam.id)
    site.store.add(*(Attempt(item.id, "a", "integer", "1", "right", 1.0, 1.0, at=exams.clock()) for item in items[:1]))
    assert unrevealed(site, sam) == {exam.id}
    assert today(site, sam).seen == 0
    for address in ("/", "/history", "/settings/export", "/topics/convolution"):
        page = client.get(address).text
        assert all(item.id not in page for item in items)
        assert "Seen today" not in page
    exams.clock.forward(9 * DAY)
    assert may_see_report(site, exam)
    assert not unrevealed(site, sam)
    assert today(site, sam).seen == 1
    client = exams.client(exams.school.student)  # the session of the week before is over
    assert items[0].id in client.get("/history").text


def test_what_a_class_asks_is_told_until_it_is_begun(exams: Exams) -> None:
    given = exams.assign(title="First <midterm>")
    exams.assign(title="Closed", opens=exams.clock() - 9 * DAY, due=exams.clock() - DAY)
    student = exams.client(exams.school.student)
    page = student.get("/").text
    assert "<b>First &lt;midterm&gt;</b> of Deep Learning can be sat, due Mon 25 Jan 2027, 10:00 CET." in page
    assert "Closed" not in page
    assert "can be sat" not in exams.client(exams.school.instructor).get("/").text
    begun = begin_assignment(exams.site, exams.person(exams.school.student), given.id)
    assert begun.title == "First <midterm>"
    hand_in(exams.site, exams.person(exams.school.student), begun)
    assert "can be sat" not in student.get("/").text
