"""The pages of exams: begun, answered, saved by every button, handed in, reported; all without a script."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pytest
from exam_sites import DAY, HOUR, MINUTE, Exams, post
from flask.testing import FlaskClient
from web_sites import csrf
from werkzeug.test import TestResponse

from chainrule.store.records import Exam
from chainrule.web import sitting
from chainrule.web.site import Site
from questions.variant import Part

FEW = ("hidden.scaled-gradient", "hidden.two-steps-down")


def begun(exams: Exams, **changes: Any) -> tuple[FlaskClient, str]:
    """A student's browser, and the address of the exam that was begun in it."""
    assignment = exams.assign(**({"families": FEW} | changes))
    client = exams.client(exams.school.student)
    return client, post(client, f"/assignments/{assignment.id}/begin").headers["Location"]


def send(client: FlaskClient, address: str, answers: Mapping[str, str | list[str]], **more: str) -> TestResponse:
    """The form of a question's page as a browser sends it, with these answers by part."""
    page = client.get(address).text
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
    action = re.findall(r'<form method="post" action="([^"]+)"', page)[-1]
    return client.post(action, data=hidden | {f"answer-{part}": text for part, text in answers.items()} | more)


def handed_in(client: FlaskClient, address: str) -> TestResponse:
    """What comes after the exam was handed in."""
    post(client, f"{address}/hand-in", page=f"{address}/hand-in")
    return client.get(address, follow_redirects=True)


def test_the_list_says_what_beginning_means_and_begins_by_a_form(exams: Exams) -> None:
    exams.assign(late_days=2, late_percent=10.0)
    page = exams.client(exams.school.student).get("/exams").text
    assert "Mon 25 Jan 2027, 10:00 CET" in page  # due, in the class's zone
    assert "The clock starts at once" in page
    assert "Each day begun after the due time costs 10 % of the marks." in page
    assert "practice, sheets and history are closed" in page


def test_an_instructor_is_offered_no_assignment(exams: Exams) -> None:
    exams.assign()
    assert "Begin now</button>" not in exams.client(exams.school.instructor).get("/exams").text.partition("to-begin")[0]


def test_the_overview_lists_every_question_with_its_state(exams: Exams) -> None:
    client, exam = begun(exams)
    send(client, f"{exam}/1", {"a": "x - t"})
    page = client.get(exam).text
    assert re.findall(r"<td>(answered|open)</td>", page) == ["answered", "open"]
    assert "60:00 left" in page or "1:00:00 left" in page


def test_every_button_saves_and_goes_where_it_says(exams: Exams) -> None:
    client, exam = begun(exams)
    ways = {"2": "/2", "1": "/1", "overview": "", "hand-in": "/hand-in", "99999": "/1", "x": "/1"}
    for i, (go, leads) in enumerate(ways.items()):
        response = send(client, f"{exam}/1", {"a": f"x - {i}"}, go=go)
        assert (response.status_code, response.headers["Location"]) == (303, exam + leads)
        assert f'value="x - {i}"' in client.get(f"{exam}/1").text


def test_loading_again_in_the_middle_loses_nothing(exams: Exams) -> None:
    client, exam = begun(exams)
    send(client, f"{exam}/1", {"a": "c*x"})
    exams.clock.forward(5 * MINUTE)
    page = exams.client(exams.school.student).get(f"{exam}/1").text
    assert 'value="c*x"' in page
    assert "Saved at 10:00:00. Read as: c x" in page
    assert "55:00 left" in page


def test_autosave_keeps_one_answer_and_says_when(exams: Exams) -> None:
    client, exam = begun(exams)
    token = csrf(client.get(f"{exam}/1").text)
    sent = {"answer": "((", "seconds": 3.5, "seen": "none"}
    found = client.post(f"{exam}/1/a", json=sent, headers={"X-CSRFToken": token}).get_json()
    assert found["saved"] == "Saved at 10:00:00."
    assert found["reading"].startswith("It cannot be read, and would earn nothing:")
    page = client.get(f"{exam}/1").text
    assert 'value="(("' in page
    assert "<code>((</code>" in re.search(r"data-saved.*", page)[0]  # type: ignore[index]


def test_autosave_refuses_what_it_does_not_understand(exams: Exams) -> None:
    client, exam = begun(exams)
    token = csrf(client.get(f"{exam}/1").text)
    seconds: tuple[object, ...] = (-1, True, "1", 1e9)
    sent = [
        {},
        {"answer": 1},
        {"answer": "x", "seen": 3},
        [],
        "x",
        *({"answer": "x", "seconds": one} for one in seconds),
    ]
    for one in sent:
        assert client.post(f"{exam}/1/a", json=one, headers={"X-CSRFToken": token}).status_code == 422, one


def test_autosave_after_the_end_says_so(exams: Exams) -> None:
    client, exam = begun(exams)
    token = csrf(client.get(f"{exam}/1").text)
    exams.clock.forward(HOUR)
    response = client.post(f"{exam}/1/a", json={"answer": "x"}, headers={"X-CSRFToken": token})
    assert response.status_code == 409
    assert response.get_json()["late"] is True


def test_a_form_without_its_token_is_refused(exams: Exams) -> None:
    client, exam = begun(exams)
    assert client.post(f"{exam}/1/a", data={"answer-a": "x"}).status_code == 400
    assert client.post(f"{exam}/hand-in").status_code == 400


def test_what_comes_after_the_end_is_given_back(exams: Exams) -> None:
    client, exam = begun(exams)
    page = client.get(f"{exam}/1").text
    exams.clock.forward(HOUR)
    late = client.post(f"{exam}/1/a", data={"csrf_token": csrf(page), "answer-a": "my late words"})
    assert late.status_code == 409
    assert "The time was over at 11:00:00. This came later and was not saved." in late.text
    assert "my late words" in late.text
    assert "Save</button>" not in late.text
    assert "data-timer" not in late.text


def test_another_window_is_told_and_the_later_counts(exams: Exams) -> None:
    client, exam = begun(exams)
    page = client.get(f"{exam}/1").text
    send(client, f"{exam}/1", {"a": "first"})
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
    second = client.post(f"{exam}/1/a", data=hidden | {"answer-a": "second"})
    assert second.status_code == 200
    assert "changed in another window" in second.text
    assert "first</pre>" in second.text
    assert 'value="second"' in client.get(f"{exam}/1").text


def test_a_flag_stays_until_it_is_taken_away(exams: Exams) -> None:
    client, exam = begun(exams)
    for shown in ("Take the flag away", "Flag for later"):
        page = client.get(f"{exam}/2").text
        client.post(f"{exam}/2/flag", data={"csrf_token": csrf(page), "answer-a": "7"})
        assert shown in client.get(f"{exam}/2").text
    assert 'value="7"' in client.get(f"{exam}/2").text


def test_handing_in_lists_what_is_open_and_asks(exams: Exams) -> None:
    client, exam = begun(exams)
    send(client, f"{exam}/1", {"a": "c*(x - t)"})
    page = client.get(f"{exam}/hand-in").text
    assert "1 of 2 parts is open." in page
    assert "Hand in now" in page
    assert exams.site.store.ending(exam.rpartition("/")[2]) is None


def test_marks_are_hidden_until_they_are_shown(exams: Exams) -> None:
    client, exam = begun(exams)
    send(client, f"{exam}/1", {"a": "c*(x - t)"})
    page = handed_in(client, exam).text
    assert "Handed in: Mon 18 Jan 2027, 10:00 CET." in page
    assert "Results from Tue 26 Jan 2027, 10:00 CET." in page
    assert client.get(f"{exam}/report").headers["Location"] == exam
    assert client.get(f"{exam}/1").headers["Location"] == exam
    assert "Your marks" not in client.get("/exams").text
    exams.clock.forward(9 * DAY)
    client = exams.client(exams.school.student)
    assert "Your marks" in client.get("/exams").text
    report = client.get(f"{exam}/report").text
    assert '<span class="score-earned">1</span>' in report
    assert "Right answer" in report


def test_the_report_says_what_lateness_cost(exams: Exams) -> None:
    client, exam = begun(exams, due=exams.clock() + MINUTE, late_days=1, late_percent=25.0)
    send(client, f"{exam}/1", {"a": "c*(x - t)"})
    exams.clock.forward(10 * MINUTE)
    handed_in(client, exam)
    exams.clock.forward(20 * DAY)
    client = exams.client(exams.school.student)
    assert "1 day late, 25 % each: of 1 mark earned, <b>0.75 marks</b> count" in client.get(f"{exam}/report").text
    assert re.search(r"<dd>0\.75 of \d marks</dd>", client.get("/exams").text)


def test_private_questions_are_not_practised_again(exams: Exams) -> None:
    client, exam = begun(exams, families=("hidden.scaled-gradient", "layers.linear-numbers"))
    handed_in(client, exam)
    exams.clock.forward(20 * DAY)
    report = exams.client(exams.school.student).get(f"{exam}/report").text
    assert len(re.findall(r'action="/items/[^"]+/same"', report)) == 1


def test_somebody_elses_exam_is_not_there(exams: Exams) -> None:
    _, exam = begun(exams)
    other = exams.client(exams.school.other)
    assert {other.get(exam + page).status_code for page in ("", "/1", "/hand-in", "/report", "/state")} == {404}


@pytest.mark.parametrize(
    ("feedback", "says", "explains"), [("none", False, False), ("outcome", True, False), ("full", True, True)]
)
def test_an_exam_says_of_answers_what_its_blueprint_wants(
    exams: Exams, feedback: str, says: bool, explains: bool
) -> None:
    client, exam = begun(exams, feedback=feedback)
    send(client, f"{exam}/1", {"a": "2*c*(x - t)"}, go="1")
    page = client.get(f"{exam}/1").text
    assert ('class="verdict outcome-wrong"' in page) is says
    assert ("The factor 2 of the square cancels the half." in page) is explains
    assert "half-forgotten" not in page


def test_an_answer_that_was_changed_since_has_no_verdict(exams: Exams) -> None:
    client, exam = begun(exams, feedback="outcome")
    send(client, f"{exam}/1", {"a": "2*c*(x - t)"}, go="1")
    token = csrf(client.get(f"{exam}/1").text)
    client.post(f"{exam}/1/a", json={"answer": "c*x"}, headers={"X-CSRFToken": token})
    assert 'class="verdict' not in client.get(f"{exam}/1").text


def right_answer(part: Part) -> str | list[str]:
    """As a form sends it."""
    return part.answer_text.split(", ") if part.kind == "statements" else part.answer_text


def own(client: FlaskClient, site: Site) -> tuple[str, Exam]:
    """An own exam that was begun by the form."""
    address = post(client, "/exams", {"blueprint": "ten-minutes"}).headers["Location"]
    return address, site.store.exams()[0]


def test_an_own_exam_from_beginning_to_report(client: FlaskClient, alone: Site) -> None:
    address, exam = own(client, alone)
    assert "is open" in client.get("/exams").text
    for one in sitting.running(alone, exam).form.items:
        send(client, f"{address}/{one.number}", {part.id: right_answer(part) for part in one.variant.parts})
    report = handed_in(client, address)
    assert report.request.path == f"{address}/report"
    assert '<span class="score-earned">9</span>' in report.text
    assert "Practise these questions" in report.text
    assert "9 of 9 marks" in client.get("/exams").text


def test_a_report_holds_nothing_inline(client: FlaskClient, alone: Site) -> None:
    address, _ = own(client, alone)
    page = handed_in(client, address).text
    assert re.findall(r'\sstyle="|<style|\son[a-z]+="', page) == []


def test_an_unknown_blueprint_is_not_there(client: FlaskClient) -> None:
    assert post(client, "/exams", {"blueprint": "../../etc/passwd"}).status_code == 404


def test_an_answer_of_an_exam_is_appealed_from_its_report(exams: Exams) -> None:
    client, exam = begun(exams)
    send(client, f"{exam}/1", {"a": "2*c*(x - t)"})
    handed_in(client, exam)
    exams.clock.forward(9 * DAY)
    client = exams.client(exams.school.student)
    report = client.get(f"{exam}/report").text
    (address,) = re.findall(r'action="(/answers/[^"]+/appeal)"', report)
    client.post(address, data={"csrf_token": csrf(report), "note": "It is the same"})
    assert "You said that this is right: “It is the same”" in client.get(f"{exam}/report").text
