"""The questions of an assignment, chosen once, and variants drawn once."""

from __future__ import annotations

import secrets
from collections import Counter
from datetime import UTC, datetime

import pytest

from chainrule.classes.records import Assignment
from chainrule.exams.blueprint import read_blueprint
from chainrule.exams.form import class_form
from chainrule.quiz_data import encoded
from chainrule.recording import item_of
from chainrule.store.records import Item
from chainrule.web.class_questions import ClassQuestions
from chainrule.web.variants import Variants
from grader.errors import AuthorError
from questions.bank import Bank, load_bank
from questions.family import Family

BLUEPRINT = """
title: Weekly
minutes: 60
sections:
  - title: Numbers
    families: [convolution.output-size, convolution.same-padding]
    each: 3
"""
AT = datetime(2027, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def bank() -> Bank:
    return load_bank()


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> Counter[tuple[str, int]]:
    """How often each variant was drawn."""
    counts: Counter[tuple[str, int]] = Counter()
    draw = Family.draw

    def counted(family: Family, seed: int) -> object:
        counts[family.id, seed] += 1
        return draw(family, seed)

    monkeypatch.setattr(Family, "draw", counted)
    return counts


def assignment() -> Assignment:
    return Assignment("room", "Weekly", BLUEPRINT, AT, AT, AT, secrets.token_hex(32))


def test_a_form_is_the_one_that_the_secret_draws(bank: Bank) -> None:
    given = assignment()
    questions, variants = ClassQuestions(), Variants(bank)
    for student in ("one", "two", "one"):
        form = questions.form(bank, given, student, variants.draw)
        secret = bytes.fromhex(given.secret)
        assert form == class_form(bank, read_blueprint(BLUEPRINT, bank), secret=secret, exam=given.id, student=student)
        assert [item.marks for item in form.items] == [3, 3]


def test_what_was_drawn_to_begin_is_not_drawn_again_to_be_shown(bank: Bank, drawn: Counter[tuple[str, int]]) -> None:
    variants = Variants(bank)
    form = ClassQuestions().form(bank, assignment(), "one", variants.draw)
    before = drawn.total()
    for one in form.items:
        item = item_of(one.variant, "exam", exam=form.id, number=one.number)
        again = variants.of(item)
        assert again is not None
        assert again.seed == one.variant.seed
        assert sum(part.marks for part in again.parts) == sum(
            part.marks for part in bank.family(one.variant.family).draw(one.variant.seed).parts
        ), "the marks of the family, not those that the exam gives"
    assert drawn.total() - before == len(form.items), "drawn by this test alone, to compare"


def test_an_item_of_other_values_or_of_no_family_has_no_variant(bank: Bank) -> None:
    variants = Variants(bank)
    variant = variants.draw("convolution.output-size", 5)
    item = item_of(variant, "practice")
    assert variants.of(item) is variant
    assert variants.of(Item(variant.family, "1", 5, "{}", "practice")) is None
    assert variants.of(Item("convolution.gone", "1", 5, encoded(variant.values), "practice")) is None
    with pytest.raises(AuthorError):
        variants.draw("convolution.gone", 5)
