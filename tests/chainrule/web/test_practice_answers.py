"""Answers of every kind through the forms of a question's page: right, wrong, unreadable; each is shown as such."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from web_answers import ONE_OF_EACH, part_of
from web_learner import Learner
from web_sites import SHIPPED

from chainrule.web.app import create_app
from chainrule.web.item_views import EARLIER
from chainrule.web.site import Limits, Site

WRONG = {
    "formula": "p*q",
    "number": "-12345",
    "integer": "-7",
    "choice": "",
    "statements": "none",
    "ordering": "",
    "shape": "(1, 1, 1, 1, 7)",
    "derivation": "ds = 1",
    "code": "def gan_losses(s, u):\n    return 0\n",
}
UNREADABLE = {
    "formula": "p*(q + ",
    "number": "3 +",
    "integer": "((2",
    "choice": "z",
    "statements": "zebra",
    "ordering": "a, a",
    "shape": "(2, ",
    "derivation": "no lines here",
    "code": "def gan_losses(:\n",
}


@pytest.fixture
def learner(client: FlaskClient) -> Learner:
    return Learner(client)


def verdict(page: str) -> str:
    """The outcome that a page with one verdict shows."""
    return re.search(r'class="verdict outcome-(\w+)"', page)[1]  # type: ignore[index]


def sent(kind: str, text: str) -> str | list[str]:
    """As the fields of that kind send it."""
    return text.split(", ") if kind == "statements" else text


def wrong_for(kind: str) -> str:
    part = part_of(kind)
    if kind == "choice":
        return next(label for label, _ in part.choices if label != part.answer_text)
    if kind == "ordering":
        return ", ".join(reversed(part.answer_text.split(", ")))
    return WRONG[kind]


@pytest.mark.parametrize("kind", ONE_OF_EACH)
def test_every_kind_is_judged_and_shown(learner: Learner, alone: Site, kind: str) -> None:
    """Unreadable first: it costs nothing, so that the item is as before; then wrong, then right."""
    family, part = ONE_OF_EACH[kind]
    item = learner.ask(family)
    page = learner.answer(item, part, sent(kind, UNREADABLE[kind])).text
    assert verdict(page) == "unreadable"
    assert "costs nothing" in page
    assert not alone.store.judged()
    if kind not in {"choice", "statements"}:  # where boxes are ticked, nothing else can stay
        assert UNREADABLE[kind].strip().splitlines()[0] in page.partition("data-field")[2]

    page = learner.answer(item, part, sent(kind, wrong_for(kind))).text
    assert verdict(page) in {"wrong", "partial"}
    assert "I think this is right" in page
    assert alone.store.judged()[0].attempt.answer.strip() == wrong_for(kind).strip()

    page = learner.answer(item, part, sent(kind, part_of(kind).answer_text)).text
    assert verdict(page) == "right"
    assert ('class="evidence"' in page) == (kind not in {"choice", "statements", "ordering"})
    assert [one.outcome for one in alone.store.judged()][1:] == ["right"]


def test_the_place_is_marked(learner: Learner) -> None:
    page = learner.answer(learner.ask("adversarial.best-discriminator"), "objective", "p*foo + q").text
    assert "<code>p*<mark>foo</mark> + q</code>" in page


def test_a_long_answer_does_not_hide_what_is_said_of_it(learner: Learner) -> None:
    page = learner.answer(learner.ask("adversarial.best-discriminator"), "objective", "p+" * 5000 + "p").text
    shown = page.partition('<p class="marked-text">')[2].partition("</p>")[0]
    assert "…</mark>" in shown
    assert len(shown) < 600


def test_what_is_typed_is_never_markup(learner: Learner) -> None:
    page = learner.answer(learner.ask("adversarial.best-discriminator"), "objective", "<b>p</b>").text
    assert "<b>p" not in page
    assert "&lt;b&gt;" in page


def test_the_lines_of_a_derivation_are_judged_one_by_one(learner: Learner) -> None:
    family, part = ONE_OF_EACH["derivation"]
    right = SHIPPED.family(family).draw(3).part(part).answer_text.splitlines()
    typed = "\n".join([*right[:-1], right[-1] + " * 2"])
    page = learner.answer(learner.ask(family, 3), part, typed).text
    assert verdict(page) == "partial"
    assert 'class="line-right"' in page
    assert 'class="line-wrong"' in page


@pytest.mark.parametrize("typed", ["", "   \n"])
def test_nothing_typed_comes_back_with_a_sentence(learner: Learner, typed: str) -> None:
    reply = learner.answer(learner.ask("adversarial.best-discriminator"), "objective", typed)
    assert reply.status_code == 422
    assert "Nothing was typed" in reply.text


@pytest.mark.parametrize(
    ("kind", "says"),
    [("choice", "Nothing was chosen"), ("statements", "Nothing was marked"), ("ordering", "Nothing was put in order")],
)
def test_nothing_is_told_in_the_words_of_its_kind(learner: Learner, kind: str, says: str) -> None:
    family, part = ONE_OF_EACH[kind]
    assert says in learner.answer(learner.ask(family), part, "").text


def test_the_starter_alone_is_no_answer(learner: Learner) -> None:
    family, part = ONE_OF_EACH["code"]
    reply = learner.answer(learner.ask(family), part, part_of("code").starter)
    assert reply.status_code == 422
    assert "Nothing was written" in reply.text


def test_too_long_an_answer_comes_back_in_its_field(alone: Site) -> None:
    learner = Learner(create_app(replace(alone, limits=Limits(answer=20))).test_client())
    reply = learner.answer(learner.ask("adversarial.best-discriminator"), "objective", "p + q + p + q + p + q")
    assert reply.status_code == 413
    assert 'value="p + q + p + q + p + q"' in reply.text
    assert 'role="alert"' in reply.text


def test_an_answer_to_one_part_leaves_the_others(learner: Learner) -> None:
    item = learner.ask("adversarial.best-discriminator")
    page = learner.answer(item, "objective", part_of("formula").answer_text).text
    assert page.count('class="verdict ') == 1
    assert 'href="#part-densities"' in page
    assert "Leave it, next question" in page


def test_after_the_last_part_the_next_question_is_the_thing_to_do(learner: Learner) -> None:
    right = SHIPPED.family("convolution.output-size").draw(1).part("a").answer_text
    page = learner.answer(learner.ask("convolution.output-size"), "a", right).text
    assert re.search(r'button-main[^>]*">Next question', page)


def test_earlier_answers_stay_with_their_verdicts(learner: Learner) -> None:
    item = learner.ask("adversarial.best-discriminator")
    learner.answer(item, "objective", "p*q")
    page = learner.answer(item, "objective", "p - q").text
    assert "Earlier answers to part a (1)" in page
    earlier = re.search(r'href="([^"]*)">Show its verdict', page)[1].replace("&amp;", "&")  # type: ignore[index]
    assert 'value="p*q"' in learner.client.get(earlier).text


def test_of_many_earlier_answers_the_latest_are_shown(learner: Learner) -> None:
    item = learner.ask("adversarial.best-discriminator")
    for number in range(EARLIER + 2):
        page = learner.answer(item, "objective", f"p*q*{number + 2}").text
    assert f"Earlier answers to part a ({EARLIER + 1}, the latest {EARLIER} here" in page
    assert page.count("Show its verdict") == EARLIER
    assert "p*q*2<" not in page


def test_seconds_are_counted_from_the_page_and_bounded(learner: Learner, alone: Site) -> None:
    item = learner.ask("adversarial.best-discriminator")
    since = int(alone.clock().timestamp())
    for typed, begun in (("p*q", since - 90), ("p-q", since - 90_000), ("p+q", "x"), ("q-p", since + 50)):
        learner.answer(item, "objective", typed, since=begun)
    first, night, unknown, ahead = (one.attempt.seconds for one in alone.store.judged())
    assert 89 <= first <= 95
    assert night == 3600
    assert (unknown, ahead) == (0, 0)
