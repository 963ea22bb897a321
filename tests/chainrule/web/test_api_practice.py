"""The API for practice: questions without keys, answers judged once, nobody else's anything."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient
from web_api import Program

from chainrule.classes.records import Job
from chainrule.grading import Grader
from chainrule.store.records import Exam
from chainrule.web.app import create_app
from chainrule.web.inline import InlineJudging
from chainrule.web.site import Site

FAMILY = "convolution.output-size"


@pytest.fixture
def program(client: FlaskClient) -> Program:
    return Program(client)


def asked(program: Program, **wanted: Any) -> dict[str, Any]:
    """A question that was asked just now."""
    response = program.post("/items", {"family": FAMILY, **wanted})
    assert response.status_code in (200, 201), response.text
    found: dict[str, Any] = response.json
    return found


def key_of(site: Site, item: str) -> str:
    variant = site.variants.of(site.store.item(item))
    assert variant is not None
    return variant.parts[0].answer_text


def test_a_question_is_asked_and_got_again(program: Program) -> None:
    item = asked(program, seed=7)
    again = program.get(f"/items/{item['id']}").json
    assert again == item
    assert item["family"] == FAMILY and item["seed"] == 7
    assert item["parts"][0]["prompt"]["text"] and "<math" in item["parts"][0]["prompt"]["html"]


def test_no_key_and_no_drawn_value_is_told(alone: Site, program: Program) -> None:
    item = asked(program, seed=7)
    assert set(item["parts"][0]) == {
        "id", "letter", "kind", "marks", "prompt", "ask", "symbols", "defined", "options", "starter", "picture"
    }  # fmt: skip
    assert "values" not in item and alone.store.item(item["id"]).values not in str(item)


def test_a_right_answer_is_judged(alone: Site, program: Program) -> None:
    item = asked(program, seed=7)
    answered = program.post(
        f"/items/{item['id']}/parts/a/answers?wait=10", {"answer": key_of(alone, item["id"]), "seconds": 3}
    )
    assert answered.status_code == 200
    assert answered.json["state"] == "done" and answered.json["verdict"]["outcome"] == "right"
    assert program.get(f"/answers/{answered.json['id']}").json == answered.json
    (kept,) = alone.store.judged()
    assert kept.attempt.id == answered.json["id"] and kept.attempt.seconds == 3


def test_what_cannot_be_read_costs_nothing(alone: Site, program: Program) -> None:
    item = asked(program)
    verdict = program.post(f"/items/{item['id']}/parts/a/answers?wait=1", {"answer": "3 +"}).json["verdict"]
    assert verdict["outcome"] == "unreadable" and not verdict["costs_attempt"] and verdict["says"]
    assert alone.store.judged() == ()


def test_a_request_that_is_sent_again_does_nothing_again(alone: Site, program: Program) -> None:
    once = {"Idempotency-Key": "item-0001"}
    first = program.post("/items", {"family": FAMILY}, once)
    second = program.post("/items", {"family": FAMILY}, once)
    assert (first.status_code, second.status_code) == (201, 200) and first.json == second.json
    address = f"/items/{first.json['id']}/parts/a/answers?wait=10"
    answers = [program.post(address, {"answer": "4"}, {"Idempotency-Key": "answer-1"}) for _ in range(3)]
    assert len({answer.json["id"] for answer in answers}) == 1
    assert len(alone.store.judged()) == 1


def test_a_key_stands_for_one_request_alone(program: Program) -> None:
    once = {"Idempotency-Key": "item-0001"}
    item = program.post("/items", {"family": FAMILY, "seed": 1}, once).json
    assert program.post("/items", {"family": FAMILY, "seed": 2}, once).status_code == 409
    address = f"/items/{item['id']}/parts/a/answers"
    program.post(address, {"answer": "4"}, once)
    refused = program.post(address, {"answer": "5"}, once)
    assert refused.status_code == 409 and "take another one" in refused.json["error"]


@pytest.mark.parametrize(
    ("body", "status", "field"),
    [
        ({}, 422, "body.family"),
        ({"family": FAMILY, "seed": "7"}, 422, "body.seed"),
        ({"family": FAMILY, "seed": -1}, 422, "body.seed"),
        ({"family": FAMILY, "colour": 1}, 422, "body.colour"),
        ({"family": "no.such"}, 404, None),
        ([], 422, "body"),
    ],
)
def test_what_does_not_fit_is_named(program: Program, body: Any, status: int, field: str | None) -> None:
    response = program.post("/items", body)
    assert response.status_code == status
    assert [detail["field"] for detail in response.json.get("details", [])] == ([field] if field else [])


def test_only_json_is_read(program: Program) -> None:
    assert program.send("POST", "/items", data="{", content_type="application/json").status_code == 400
    assert program.send("POST", "/items", data="family=x").status_code == 415
    assert program.send("POST", "/items", data=b"\xff", content_type="application/json").status_code == 400


def test_an_answer_that_is_too_long_is_refused(program: Program) -> None:
    item = asked(program)
    assert program.post(f"/items/{item['id']}/parts/a/answers", {"answer": "1" * 200_001}).status_code == 413


def test_parameters_are_checked(program: Program) -> None:
    assert program.get("/families?level=9").status_code == 422
    assert program.get("/families?lvl=1").status_code == 422
    assert program.get("/families?level=1&level=2").status_code == 422
    levels = {family["level"] for family in program.get("/families?topic=convolution&level=2").json["families"]}
    assert levels == {2}


def test_private_families_are_nowhere(alone: Site) -> None:
    hidden = replace(alone, private=frozenset({FAMILY}))
    program = Program(create_app(hidden).test_client())
    assert FAMILY not in str(program.get("/families").json)
    assert program.get(f"/families/{FAMILY}").status_code == 404
    refused = program.post("/items", {"family": FAMILY})
    unknown = program.post("/items", {"family": "convolution.nothing"})
    assert refused.status_code == unknown.status_code == 404
    assert refused.json["error"].replace(FAMILY, "convolution.nothing") == unknown.json["error"]


def test_items_of_exams_are_not_practice(alone: Site, program: Program) -> None:
    from chainrule.recording import item_of

    item = item_of(alone.bank.family(FAMILY).draw(3), "exam", exam="F1", number=1)
    alone.store.add(Exam("F1", "Exam", "{}", 0), item)
    assert program.get(f"/items/{item.id}").status_code == 404
    assert program.post(f"/items/{item.id}/parts/a/answers", {"answer": "1"}).status_code == 404


def test_the_solution_is_told_after_the_first_answer(alone: Site, program: Program) -> None:
    item = asked(program, seed=7)["id"]
    assert program.get(f"/items/{item}/worked").status_code == 409
    program.post(f"/items/{item}/parts/a/answers", {"answer": "3 +"})
    assert program.get(f"/items/{item}/worked").status_code == 409
    program.post(f"/items/{item}/parts/a/answers", {"answer": "-1"})
    worked = program.get(f"/items/{item}/worked").json
    assert worked["parts"][0]["right"]["text"] == key_of(alone, item)
    assert worked["steps"] and worked["lines"]


def test_hints_come_one_after_another(program: Program) -> None:
    item = program.post("/items", {"family": "layers.softmax-backward"}).json
    part = item["parts"][0]["id"]
    none, one = (program.get(f"/items/{item['id']}/parts/{part}/hints?count={count}").json for count in (0, 1))
    assert none["hints"] == [] and len(one["hints"]) == min(1, one["all"])
    assert program.get(f"/items/{item['id']}/parts/nothing/hints").status_code == 404


def test_a_reading_says_nothing_of_what_is_right(alone: Site, program: Program) -> None:
    item = asked(program, seed=7)["id"]
    right, wrong = (
        program.post(f"/items/{item}/parts/a/reading", {"answer": text}).json for text in (key_of(alone, item), "99")
    )
    assert [line["error"] for line in right["lines"] + wrong["lines"]] == ["", ""]
    (broken,) = program.post(f"/items/{item}/parts/a/reading", {"answer": "3 +"}).json["lines"]
    assert broken["error"] and broken["end"] >= 0
    assert alone.store.judged() == ()


def test_what_is_due_comes_next(program: Program) -> None:
    item = program.post("/items/next", {"topic": "supervised"}).json
    assert item["family"].startswith("supervised.")
    assert program.post("/items/next", {"topic": "supervised"}).json["id"] == item["id"]
    assert program.post("/items/next", {"topic": "cooking"}).status_code == 404


def test_progress_counts_what_was_answered(alone: Site, program: Program) -> None:
    assert program.get("/progress").json["seen"] == 0
    item = asked(program, seed=7)["id"]
    program.post(f"/items/{item}/parts/a/answers", {"answer": key_of(alone, item), "seconds": 60})
    found = program.get("/progress").json
    assert found["seen"] == 1 and found["days"][-1]["minutes"] == 1 and found["forecast"] is not None


class Patient(InlineJudging):
    """Notes how long it was to wait."""

    asked: tuple[float, ...] = ()

    def wait(self, id: str, seconds: float) -> Job | None:
        self.asked += (seconds,)
        return super().wait(id, seconds)


def test_no_more_than_a_few_requests_wait(alone: Site, grader: Grader) -> None:
    judging = Patient(alone.store, alone.bank, grader)
    app = create_app(replace(alone, judging=judging))
    program = Program(app.test_client())
    address = f"/items/{asked(program)['id']}/parts/a/answers?wait=10"
    program.post(address, {"answer": "-1"})
    long = app.extensions["chainrule_waits"].long
    while long.acquire(blocking=False):
        pass
    program.post(address, {"answer": "-2"})
    assert judging.asked == (10, 0)
    long.release()
    program.post(address, {"answer": "-3"})
    assert judging.asked == (10, 0, 10)
