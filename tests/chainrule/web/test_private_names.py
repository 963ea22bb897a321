"""Names of what only this server has: no page says them to a student, whatever goes wrong."""

from __future__ import annotations

import pytest
from exam_sites import Exams
from web_sites import csrf, log_in

from chainrule.web.variants import Variants


def test_a_question_that_was_changed_in_an_exam_is_not_named(exams: Exams, monkeypatch: pytest.MonkeyPatch) -> None:
    _, exam = exams.begin()
    client = log_in(exams.school, exams.school.student)
    token = csrf(client.get(f"/exams/{exam.id}/1").text)
    item = exams.site.store.exam_items(exam.id)[0]
    monkeypatch.setattr(Variants, "of", lambda *_: None)
    sent = {"item": item.id, "part": "a", "answer": "x"}
    reply = client.post("/read", json=sent, headers={"X-CSRFToken": token})
    assert reply.status_code == 410
    assert "was changed" in reply.text
    assert item.family not in reply.text


def test_a_topic_with_private_questions_alone_is_no_filter(exams: Exams) -> None:
    client = log_in(exams.school, exams.school.student)
    page = client.get("/history").text
    assert 'value="layers"' in page
    assert 'value="hidden"' not in page
    assert client.get("/history?topic=hidden").status_code == client.get("/history?topic=nothing").status_code == 404
