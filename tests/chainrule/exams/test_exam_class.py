"""Forms of a class: the same for the same student, others for others, and out of reach without the secret."""

from __future__ import annotations

import hashlib
import hmac
import json
from functools import cache
from typing import Any

import pytest
from small_bank import square_bank

from chainrule.exams.blueprint_schema import Blueprint, Section
from chainrule.exams.class_chance import BITS, ClassChance, new_secret
from chainrule.exams.form import Form, class_form
from chainrule.exams.labels import LETTERS, label_of
from grader.errors import AuthorError
from questions.bank import Bank

SECRET = bytes(range(32))
BLUEPRINT = Blueprint(title="T", minutes=0, sections=(Section(title="A", questions=3), Section(title="B", questions=2)))


@cache
def known() -> Bank:
    return square_bank()


def form(student: str = "ada", *, exam: str = "2026-07", secret: bytes = SECRET) -> Form:
    return class_form(known(), BLUEPRINT, secret=secret, exam=exam, student=student)


def asked(one: Form) -> list[str]:
    return [item.variant.family for item in one.items]


def seeds(one: Form) -> list[int]:
    return [item.variant.seed for item in one.items]


def test_the_same_inputs_give_the_same_form() -> None:
    one, two = form(), form()
    assert (one.id, asked(one), seeds(one)) == (two.id, asked(two), seeds(two))
    assert (one.exam, one.student) == ("2026-07", "ada")


def test_a_class_gets_the_same_questions_with_numbers_of_their_own() -> None:
    students = [form(f"student {i}") for i in range(30)]
    assert len({tuple(asked(one)) for one in students}) == 1
    assert len({seed for one in students for seed in seeds(one)}) == 30 * 5
    assert len({one.id for one in students}) == 30


@pytest.mark.parametrize("change", [{"exam": "2027-02"}, {"secret": SECRET[::-1]}])
def test_another_exam_or_secret_gives_another_form(change: dict[str, Any]) -> None:
    assert form(**change).id != form().id
    assert not set(seeds(form(**change))) & set(seeds(form()))


def test_a_seed_is_the_hmac_of_exam_student_and_place_under_the_secret() -> None:
    one = form()
    for item in one.items:
        text = json.dumps(["2026-07", "seed", "ada", item.number, item.variant.family]).encode()
        digest = hmac.new(SECRET, text, hashlib.sha256).digest()
        assert item.variant.seed == int.from_bytes(digest, "big") >> (256 - BITS) < 2**53


def test_a_label_is_an_hmac_of_its_own() -> None:
    text = json.dumps(["2026-07", "label", "ada"]).encode()
    assert form().id == label_of(int.from_bytes(hmac.new(SECRET, text, hashlib.sha256).digest(), "big"))


def test_names_that_read_alike_when_joined_are_different() -> None:
    assert ClassChance(SECRET, "a", "bc").seed(1, "f") != ClassChance(SECRET, "ab", "c").seed(1, "f")
    assert ClassChance(SECRET, "a", "b").seed(11, "f") != ClassChance(SECRET, "a", "b1").seed(1, "f")


def label_number(label: str) -> int:
    """The number that a label stands for."""
    return sum(LETTERS.index(letter) * len(LETTERS) ** i for i, letter in enumerate(label.replace("-", "")))


def test_seeds_do_not_follow_from_what_is_seen() -> None:
    """Whoever tries everything that is public, in the places of the secret and of a seed, finds no seed."""
    one = form()
    number = label_number(one.id)
    assert label_of(number) == one.id
    guesses = {label_number(one.id[:4]), label_number(one.id[5:]), number}
    for secret in (b"", one.id.encode(), one.exam.encode(), one.student.encode(), number.to_bytes(8, "big")):
        for item in one.items:
            for text in ([one.exam, "seed", one.student, item.number, item.variant.family], one.id):
                digest = hmac.new(secret, json.dumps(text).encode(), hashlib.sha256).digest()
                guesses.add(int.from_bytes(digest, "big") >> (256 - BITS))
    assert not guesses & set(seeds(one))


def test_labels_and_seeds_are_independent() -> None:
    """Bits of 400 labels agree with bits of their seeds as often as coins would, within 5.5 deviations."""
    pairs = [(label_number(one.id), seeds(one)[0]) for one in (form(f"s{i}") for i in range(400))]
    for bit in range(30):
        for other in (bit, bit + 10, BITS - 1 - bit):
            agree = sum(label >> bit & 1 == seed >> other & 1 for label, seed in pairs)
            assert abs(agree - 200) < 5.5 * 10


def test_the_order_of_the_bank_changes_nothing() -> None:
    chance = ClassChance(SECRET, "e", "s")
    names = [f"q{i}" for i in range(40)]
    assert chance.shuffle("x", names) == chance.shuffle("x", names[::-1]) != names
    assert chance.shuffle("x", names) != chance.shuffle("y", names)


def test_a_short_secret_and_an_empty_name_are_refused() -> None:
    with pytest.raises(AuthorError, match="the secret of the exam has 5 bytes, expected at least 16"):
        form(secret=b"12345")
    with pytest.raises(AuthorError, match="the student has no name"):
        form(" ")
    with pytest.raises(AuthorError, match="the exam has no name"):
        form(exam="")
    assert new_secret() != new_secret()
    assert len(new_secret()) == 32
