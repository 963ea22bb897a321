"""No key of an exam of a class can be had before its results are shown, and no variant of it drawn again.

What this cannot show, and no server can change: the public bank is public. Whoever has it may recognise one of its
families by the prompt, put the drawn values in, and let the same program compute the key. An exam that must not be
solved so is made of families that only the server has, in the folder that it was given as private.
"""

from __future__ import annotations

import hashlib
import itertools
import re
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from exam_leaks import Seen, regenerated, secrets_of, walk
from exam_sites import BOTH, DAY, Exams, exam_school, post
from flask.testing import FlaskClient

from chainrule.grading import Grader
from chainrule.recording import item_of
from chainrule.store.records import Exam, Item, Mode
from chainrule.web import exam_beginning, sitting
from chainrule.web.exam_time import CLOSED
from questions.variant import Variant

SECRET = hashlib.sha256(b"of the exam").hexdigest()
PRIVATE_ONES = ("hidden.scaled-gradient", "hidden.two-steps-down", "hidden.which-rate", "hidden.steps-in-order")
PUBLIC_ONES = (
    "convolution.batch-shape", "convolution.student-claims", "layers.squared-loss", "optimisation.momentum-step",
    "layers.leaky-relu-code", "foundations.one-layer-derivation", "curvature.pick-the-schedule",
    "adversarial.training-order",
)  # fmt: skip
RARE = frozenset({"hidden.two-steps-down", "hidden.which-rate", "hidden.steps-in-order", "convolution.batch-shape"})
FEW = ("hidden.scaled-gradient", "hidden.two-steps-down")
LINES = re.compile(r"<li[^>]*><(?:label|b)[^>]*>.*?</li>", re.DOTALL)


@dataclass(frozen=True)
class Sat:
    """An exam that a student sits. items: in the order of their numbers."""

    exams: Exams
    client: FlaskClient
    exam: Exam
    items: tuple[Item, ...]

    def walk(self, *, skip: frozenset[str] = frozenset()) -> Seen:
        """Everything that the student can get."""
        parts = sorted({place.part.id for place in sitting.running(self.exams.site, self.exam).places})
        items = [item.id for item in self.items]
        assignment = sitting.running(self.exams.site, self.exam).form.exam
        known: dict[str, Sequence[object]] = {
            "form": [self.exam.id],
            "number": [item.number for item in self.items],
            "part": parts,
            "item": items,
            "family": ["optimisation.momentum-step"],
            "seed": [1],
            "topic": ["hidden", "layers"],
            "assignment": [assignment],
            "id": [items[0], assignment, self.exam.learner, self.exam.id],
        }
        return walk(self.client, self.exams.school.app, known, skip=skip | {"static.file"})

    def secrets_in(self, seen: Seen, families: Sequence[str] = PRIVATE_ONES + PUBLIC_ONES) -> list[str]:
        """What was seen of the questions, and of what the server keeps to itself."""
        found = [
            name for name, text in (("secret", SECRET), ("its bytes", str(bytes.fromhex(SECRET)))) if seen.holds(text)
        ]
        for item in self.items:
            if item.family in families:
                found += secrets_of(item, BOTH.family(item.family).draw(item.seed)).seen_in(seen)
        return found

    def regenerated(self, seen: Seen) -> list[str]:
        """What can be drawn again."""
        form = sitting.running(self.exams.site, self.exam).form
        return regenerated(
            seen, self.items, BOTH, [(form.exam, self.exam.learner), (self.exam.id, self.exam.learner)], RARE
        )


@pytest.fixture
def known_ids(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ids that are the same in every run, so that chance neither helps nor harms."""
    count = itertools.count(1)
    monkeypatch.setattr(uuid, "uuid4", lambda: uuid.UUID(hashlib.md5(f"id {next(count)}".encode()).hexdigest()))


@pytest.fixture
def exams_of(tmp_path: Path, grader: Grader, known_ids: None) -> Iterator[Exams]:
    with exam_school(tmp_path, grader) as found:
        yield found


def sat(exams: Exams, families: tuple[str, ...], *, feedback: str = "none") -> Sat:
    assignment = exams.assign(families=families, secret=SECRET, feedback=feedback)
    client = exams.client(exams.school.student)
    post(client, f"/assignments/{assignment.id}/begin")
    exam = exams.site.store.exams(exams.school.student.id)[0]
    return Sat(exams, client, exam, exams.site.store.exam_items(exam.id))


def answered(one: Sat) -> Seen:
    """What comes back where a student answers: typical mistakes, saved and read."""
    seen = Seen()
    for place in sitting.running(one.exams.site, one.exam).places:
        address = f"/exams/{one.exam.id}/{place.item.number}"
        token = post_token(one.client, address)
        for answer in ("(x - t)*c*2", "1 + 1", "a", "b, a", "(2, 3)"):
            headers = {"X-CSRFToken": token}
            save = one.client.post(f"{address}/{place.part.id}", json={"answer": answer, "seconds": 1}, headers=headers)
            seen.add(address, save)
            sent = {"item": place.item.id, "part": place.part.id, "answer": answer}
            seen.add("/read", one.client.post("/read", json=sent, headers=headers))
            seen.add(address, one.client.get(address))
        for other in (f"/items/{place.item.id}/{place.part.id}", f"/items/{place.item.id}/same"):
            seen.add(other, one.client.post(other, data={"answer": "1", "csrf_token": token}))
        api = f"/api/v1/exams/{one.exam.id}/{place.item.number}/{place.part.id}"
        seen.add(api, one.client.put(api, json={"answer": "1 + 1"}, headers={"X-CSRFToken": token}))
        api = f"/api/v1/items/{place.item.id}/{place.part.id}"
        seen.add(api, one.client.post(api, json={"answer": "1 + 1"}, headers={"X-CSRFToken": token}))
    return seen


def post_token(client: FlaskClient, address: str) -> str:
    page = client.get(address).text
    return page.partition('name="csrf_token" value="')[2].partition('"')[0]


def test_no_key_is_seen_and_no_variant_drawn_again_while_the_exam_is_sat(exams_of: Exams) -> None:
    one = sat(exams_of, PRIVATE_ONES + PUBLIC_ONES)
    answers = answered(one)
    assert sum(status == 200 for _, status in answers.addresses) >= 3 * 5 * 12
    seen = one.walk()
    seen.texts |= answers.texts
    assert 429 not in {status for _, status in seen.addresses}
    asked = {address for address, status in seen.addresses if status == 200}
    assert {f"/exams/{one.exam.id}/{number}" for number in range(1, 13)} <= asked
    assert f"/api/v1/exams/{one.exam.id}" in asked
    assert one.secrets_in(seen) == []
    assert one.regenerated(seen) == []


def test_what_is_right_looks_like_what_is_wrong(exams_of: Exams) -> None:
    one = sat(exams_of, ("hidden.which-rate", "curvature.pick-the-schedule"))
    for number in (1, 2):
        lines = LINES.findall(one.client.get(f"/exams/{one.exam.id}/{number}").text)
        frames = {
            re.sub(r'value="[a-z]"|<b>[a-z]</b>|<span class="choice-text">.*', "", line, flags=re.DOTALL)
            for line in lines
        }
        assert len(lines) >= 4
        assert len(frames) <= 2  # options, and "None of them is true"


def test_nothing_but_the_exam_is_open_while_it_is_sat(exams_of: Exams) -> None:
    one = sat(exams_of, FEW)
    opened = {re.sub(r"/[0-9]+$", "/n", address) for address, status in one.walk().addresses if status == 200}
    form = one.exam.id
    assert opened - {f"/exams/{form}", f"/exams/{form}/n", f"/exams/{form}/hand-in", f"/exams/{form}/state"} == {
        "/account", "/api", "/api/v1/exams", f"/api/v1/exams/{form}", "/api/v1/me", "/api/v1/openapi.json", "/exams",
        "/healthz",
    }  # fmt: skip
    page = one.client.get("/sheets", follow_redirects=True)
    assert page.request.path == f"/exams/{form}"
    assert CLOSED in page.text


def test_nothing_is_seen_between_hand_in_and_results(exams_of: Exams) -> None:
    one = sat(exams_of, (*PRIVATE_ONES, "optimisation.momentum-step"))
    answered(one)
    post(one.client, f"/exams/{one.exam.id}/hand-in", page=f"/exams/{one.exam.id}/hand-in")
    assert exams_of.site.store.ending(one.exam.id) is not None
    seen = one.walk(skip=frozenset({"sheets.show", "sheets.topic"}))
    assert one.secrets_in(seen, PRIVATE_ONES) == []
    assert [family for family in one.regenerated(seen) if family in PRIVATE_ONES] == []


def test_once_results_are_shown_the_search_finds_all_of_it(exams_of: Exams) -> None:
    one = sat(exams_of, PRIVATE_ONES)
    answered(one)
    sitting.hand_in(exams_of.site, exams_of.person(exams_of.school.student), one.exam)
    exams_of.clock.forward(9 * DAY)
    one = Sat(exams_of, exams_of.client(exams_of.school.student), one.exam, one.items)
    seen = Seen()
    seen.add("report", one.client.get(f"/exams/{one.exam.id}/report"))
    found = one.secrets_in(seen)
    for family in FEW:
        wanted = {"seed", "family", "version", "a: key as typed", "a: key as HTML"}
        assert {f"{family} seed", f"{family} family", f"{family} a: key as HTML"} <= set(found), wanted
    assert one.regenerated(seen) == sorted(PRIVATE_ONES)


@pytest.mark.parametrize("spelling", ["{seed}", "{seed:x}", "{seed:032x}"])
def test_a_seed_that_leaks_is_found(exams_of: Exams, spelling: str) -> None:
    one = sat(exams_of, FEW)
    seen = Seen()
    seen.add("page", one.client.get(f"/exams/{one.exam.id}/1"))
    assert one.regenerated(seen) == []
    seen.texts.add(f'<div id="q-{spelling.format(seed=one.items[0].seed)}">')
    assert one.regenerated(seen) == [one.items[0].family]


@pytest.mark.parametrize("leak", [SECRET, SECRET.upper()])
def test_a_secret_that_leaks_is_found(exams_of: Exams, leak: str) -> None:
    one = sat(exams_of, FEW)
    seen = Seen()
    seen.texts.add(f"<!-- {leak} -->")
    assert one.regenerated(seen) == sorted(FEW)


def test_ids_made_of_seeds_are_found(exams_of: Exams, monkeypatch: pytest.MonkeyPatch) -> None:
    def telling(variant: Variant, mode: Mode, **rest: Any) -> Item:
        return replace(item_of(variant, mode, **rest), id=f"{variant.seed:032x}")

    monkeypatch.setattr(exam_beginning, "item_of", telling)
    one = sat(exams_of, FEW)
    assert one.regenerated(one.walk()) == sorted(FEW)
