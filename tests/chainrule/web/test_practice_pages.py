"""Practice: what comes next, hints, solutions, links, and what is nobody else's."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from exam_sites import PRIVATE
from flask.testing import FlaskClient
from web_learner import Learner
from web_sites import SHIPPED, School

from chainrule.store.records import Attempt, Item, now
from chainrule.web.app import create_app
from chainrule.web.people import OWNER
from chainrule.web.site import Site
from questions.bank import Bank

FAMILY, PART = "adversarial.best-discriminator", "objective"
RIGHT = SHIPPED.family(FAMILY).draw(1).part(PART).answer_text


@pytest.fixture
def learner(client: FlaskClient) -> Learner:
    return Learner(client)


@pytest.fixture
def private(alone: Site) -> Site:
    """With families that are kept for assignments."""
    bank = Bank(SHIPPED.families | PRIVATE.families, (), SHIPPED.known_topics)
    return replace(alone, bank=bank, private=frozenset(PRIVATE.families))


def family_of(site: Site, address: str) -> str:
    return site.store.item(re.search(r"/items/(\w+)", address)[1]).family  # type: ignore[index]


def test_practise_asks_what_the_schedule_says_and_asks_it_again_until_it_is_answered(
    learner: Learner, alone: Site
) -> None:
    first = learner.post("/practice").location
    assert learner.post("/practice").location == first
    assert len(alone.store.items()) == 1


def test_next_never_gives_what_was_just_left(learner: Learner, alone: Site) -> None:
    seen, address = [], learner.post("/practice").location
    for _ in range(6):
        seen.append(family_of(alone, address))
        left = re.search(r"/items/(\w+)", address)[1]  # type: ignore[index]
        address = learner.post("/practice", left=left).location
    assert len(set(seen)) == len(seen)


def test_what_failed_comes_again_after_others(learner: Learner, alone: Site) -> None:
    start = now()  # minutes ago would be yesterday just after midnight, and what failed then waits for the schedule
    order = ["convolution.output-size", *(f for f in sorted(SHIPPED.families) if not f.startswith("convolution"))]
    for number, family in enumerate(order[:5]):
        at = start + timedelta(microseconds=number)
        item = Item(family, "v", number, "{}", "practice", at=at)
        score = float(number > 0)
        alone.store.add(item, Attempt(item.id, "a", "integer", "1", "right" if score else "wrong", score, 1.0, at=at))
        address = learner.post("/practice", left=item.id).location
        assert (family_of(alone, address) == order[0]) == (number == 4)


def test_a_topic_is_kept_from_page_to_page(learner: Learner, alone: Site) -> None:
    address = learner.post("/practice", topic="supervised").location
    for _ in range(3):
        assert family_of(alone, address).startswith("supervised.")
        page = learner.client.get(address).text
        assert 'name="topic" value="supervised"' in page
        left = re.search(r"/items/(\w+)", address)[1]  # type: ignore[index]
        address = learner.post("/practice", left=left, topic="supervised").location
    assert learner.post("/practice", topic="cooking").status_code == 404


def test_a_question_of_a_topic_is_begun_and_gone_on_with(learner: Learner) -> None:
    first = learner.post("/practice", family=FAMILY).location
    assert learner.post("/practice", family=FAMILY).location == first
    learner.answer(first, PART, RIGHT)
    assert learner.post("/practice", family=FAMILY).location != first


def test_hints_come_one_by_one_and_are_counted(learner: Learner, alone: Site) -> None:
    item = learner.ask(FAMILY)
    hints = len(SHIPPED.family(FAMILY).draw(1).part(PART).hints or SHIPPED.family(FAMILY).draw(1).hints)
    page = learner.post(f"{item}/{PART}", answer="p +", hints="0", hint="1").text
    assert f"Hint 1 of {hints}" in page
    assert "Hint 2" not in page
    assert f'<li id="hint-{PART}"><b>Hint 1' in page  # where the button leads
    assert f'formaction="{item}/{PART}#hint-{PART}"' in page
    assert 'value="p +"' in page
    assert f"Hint 2 of {hints}" in learner.client.get(f"{item}?hints=2&part={PART}").text
    assert not alone.store.judged()
    page = learner.answer(item, PART, "p*q", hints="1").text
    assert alone.store.judged()[0].attempt.hints == 1
    assert f"Hint 1 of {hints}" in page


def test_a_hint_after_a_right_answer_is_not_folded_away(learner: Learner) -> None:
    item = learner.ask(FAMILY)
    folded = '<details class="answer-again">'
    assert folded in learner.answer(item, PART, RIGHT).text
    assert folded not in learner.post(f"{item}/{PART}", answer=RIGHT, hints="0", hint="1").text


def test_the_solution_warns_before_the_first_answer(learner: Learner, alone: Site) -> None:
    item = learner.ask(FAMILY)
    page = learner.client.get(f"{item}/worked").text
    assert "You have not answered yet" in page
    assert "Worked steps" not in page
    assert "Solution" in learner.client.get(f"{item}/worked?show=1").text
    learner.answer(item, PART, RIGHT, hints="0")
    assert alone.store.judged()[0].attempt.hints > 0  # whoever saw it did not know it alone


def test_the_solution_is_there_after_an_answer(learner: Learner, alone: Site) -> None:
    item = learner.ask(FAMILY)
    learner.answer(item, PART, "p*q", hints="0")
    assert "Answer of part a" in learner.client.get(f"{item}/worked").text
    learner.answer(item, PART, RIGHT, hints="0")
    assert [one.attempt.hints for one in alone.store.judged()] == [0, 0]


def test_again_has_other_values_and_same_has_the_same(learner: Learner, alone: Site) -> None:
    item = learner.ask(FAMILY, 7)
    learner.answer(item, PART, "p*q")
    again, same = learner.post(f"{item}/again").location, learner.post(f"{item}/same").location
    first, other, equal = alone.store.items()
    assert {again, same} == {f"/items/{other.id}", f"/items/{equal.id}"}
    assert other.seed != first.seed
    assert (equal.seed, equal.values) == (first.seed, first.values)


def test_a_shared_link_asks_with_the_same_values(learner: Learner, alone: Site) -> None:
    item = learner.ask(FAMILY, 7)
    link = re.search(r'value="(http://[^"]*/try/[^"]*)"', learner.client.get(item).text)[1]  # type: ignore[index]
    learner.answer(item, PART, "p*q")
    learner.client.get(link)
    first, second = alone.store.items()
    assert (first.seed, first.values) == (second.seed, second.values)


@pytest.mark.parametrize("seed", ["9" * 5000, "-1", "x", "1.5", "٣"])
def test_a_seed_that_is_none_is_not_found(learner: Learner, seed: str) -> None:
    assert learner.client.get(f"/try/{FAMILY}/{seed}").status_code == 404


def test_a_question_that_was_changed_says_so_and_offers_another(learner: Learner, alone: Site) -> None:
    item = Item(FAMILY, "old", 1, "{}", "practice")
    alone.store.add(item)
    reply = learner.client.get(f"/items/{item.id}")
    assert reply.status_code == 410
    assert "was changed since" in reply.text
    assert f'name="family" value="{FAMILY}"' in reply.text
    assert learner.client.get(f"/items/{item.id}/worked").status_code == 410
    assert learner.post(f"/items/{item.id}/same").status_code == 410


def test_private_families_are_nowhere(private: Site) -> None:
    learner = Learner(create_app(private).test_client())
    secret = next(iter(PRIVATE.families))
    for address in (f"/try/{secret}", f"/try/{secret}/1", f"/topics/{secret.partition('.')[0]}"):
        assert learner.client.get(address).status_code == 404
    assert learner.post("/practice", family=secret).status_code == 404
    assert secret not in learner.client.get("/").text
    assert secret not in {one.family for one in private.standings.of(private, OWNER).families}


def test_nothing_of_somebody_else_is_there(as_student: FlaskClient, as_other: FlaskClient, school: School) -> None:
    student, other = Learner(as_student), Learner(as_other)
    item = student.ask(FAMILY)
    student.answer(item, PART, "p*q")
    attempt = school.site.store.judged(None)[0].attempt.id
    for address in (item, f"{item}/worked", f"/answers/{attempt}"):
        assert as_student.get(address).status_code < 400
        assert as_other.get(address).status_code == 404
    for address in (f"{item}/{PART}", f"{item}/again", f"{item}/same", f"/answers/{attempt}/appeal"):
        assert other.post(address, answer="p").status_code == 404
    assert other.post("/practice", left=item.rpartition("/")[2]).status_code == 404
    assert "p*q" not in as_other.get("/history").text
