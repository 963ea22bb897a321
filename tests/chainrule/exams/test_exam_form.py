"""Forms: no question twice, topics spread, marks and time near what is asked, and fixed by chance alone."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path

import pytest
from small_bank import bank, blueprint, family, square_bank

from chainrule.exams.blueprint import blueprint_files, load_blueprint
from chainrule.exams.blueprint_schema import Blueprint, Section
from chainrule.exams.choosing import Chosen, chosen
from chainrule.exams.fitting import Shuffle
from chainrule.exams.form import Form, draw_form
from chainrule.exams.labels import LETTERS, label_of, random_label
from chainrule.exams.worth import shared, worth
from grader.errors import AuthorError
from questions.bank import Bank, load_bank

CHOICES, FORMS = 50, 5  # drawing all fifteen questions takes half a second, choosing them a hundredth


@cache
def shipped() -> Bank:
    return load_bank()


@cache
def forms(name: str, count: int = FORMS) -> tuple[Form, ...]:
    made = load_blueprint(name, shipped())
    return tuple(draw_form(shipped(), made, chance=random.Random(seed)) for seed in range(count))


@cache
def choices() -> tuple[tuple[Chosen, ...], ...]:
    """The questions of forms of the course, before their numbers are drawn."""
    course = load_blueprint("course", shipped())
    return tuple(chosen(shipped(), course, shuffle_by(seed)) for seed in range(CHOICES))


def shuffle_by(seed: int) -> Shuffle:
    chance = random.Random(seed)
    return lambda what, names: chance.sample(list(names), len(names))


def families(form: Form) -> list[str]:
    return [item.variant.family for item in form.items]


def test_every_form_of_the_course_asks_each_topic_once() -> None:
    topics = set(shipped().topics())
    assert len(topics) == 15
    for choice in choices():
        assert len({one.family for one in choice}) == len(choice) == 15
        assert {shipped().family(one.family).topic for one in choice} == topics


def test_every_form_of_the_course_has_its_marks_levels_and_time() -> None:
    for choice in choices():
        assert sum(one.marks for one in choice) == 82
        assert {2, 3, 4} <= {shipped().family(one.family).level for one in choice} <= {1, 2, 3, 4}
        assert 0.7 * 90 <= sum(one.minutes for one in choice) <= 90
        for one in choice:
            assert 0.5 <= (one.minutes / 90) / (one.marks / 82) <= 1.5


def test_forms_of_the_course_are_different() -> None:
    assert len({frozenset(one.family for one in choice) for choice in choices()}) == CHOICES
    assert len({one.family for choice in choices() for one in choice}) > 200
    assert len({form.id for form in forms("course")}) == FORMS


def test_a_form_asks_what_was_chosen_for_it() -> None:
    for seed, form in enumerate(forms("course")):
        assert [(i.section, i.variant.family, i.marks, i.minutes) for i in form.items] == [
            (one.section, one.family, one.marks, one.minutes) for one in choices()[seed]
        ]


@pytest.mark.parametrize(("name", "questions", "marks"), [("half-course", 8, 42), ("ten-minutes", 3, 9)])
def test_the_shorter_exams_fit_their_minutes(name: str, questions: int, marks: float) -> None:
    for form in forms(name, 5):
        assert len({item.topic for item in form.items}) == len(form.items) == questions
        assert form.marks == marks
        assert 0.7 <= form.minutes / form.blueprint.minutes <= 1.1


def test_all_shipped_blueprints_are_looked_at() -> None:
    assert set(blueprint_files()) == {"course", "half-course", "ten-minutes"}


def test_questions_stand_in_their_sections_and_keep_what_these_ask_for() -> None:
    for form in forms("course"):
        assert [item.number for item in form.items] == list(range(1, 16))
        for i, section in enumerate(form.blueprint.sections):
            items = form.of_section(i)
            assert len(items) == section.questions
            for item in items:
                assert item.marks == section.each
                assert item.variant.level in section.levels
                assert {part.kind for part in item.variant.parts} <= set(section.kinds)


def test_the_same_chance_gives_the_same_questions_under_another_label() -> None:
    made = load_blueprint("ten-minutes", shipped())
    one, two, other = (draw_form(shipped(), made, chance=random.Random(seed)) for seed in (7, 7, 8))
    assert [(i.variant.family, i.variant.seed) for i in one.items] == [
        (i.variant.family, i.variant.seed) for i in two.items
    ]
    assert families(other) != families(one)
    assert one.id != two.id


def test_marks_of_a_section_are_met_where_its_questions_can(tmp_path: Path) -> None:
    known = square_bank(topics=6, each=5)
    for target in (6, 12, 18, 28):
        made = blueprint(f"- {{title: A, questions: 6, marks: {target}}}\n", known, tmp_path)
        for seed in range(10):
            assert draw_form(known, made, chance=random.Random(seed)).marks == target


def test_a_section_of_marks_alone_takes_as_many_questions_as_they_need(tmp_path: Path) -> None:
    known = square_bank(topics=6, each=5)
    form = draw_form(known, blueprint("- {title: A, marks: 18}\n", known, tmp_path), chance=random.Random(0))
    assert (len(form.items), form.marks) == (6, 18)
    each = draw_form(known, blueprint("- {title: A, marks: 20, each: 4}\n", known, tmp_path), chance=random.Random(0))
    assert [item.marks for item in each.items] == [4] * 5


def test_fixed_questions_stand_first_in_their_order_and_nowhere_else(tmp_path: Path) -> None:
    known = square_bank()
    text = "- {title: A, questions: 2, levels: 1}\n- {title: B, families: [t3.q1, t0.q1], questions: 3}\n"
    for seed in range(20):
        form = draw_form(known, blueprint(text, known, tmp_path), chance=random.Random(seed))
        assert families(form)[2:4] == ["t3.q1", "t0.q1"]
        assert len(set(families(form))) == 5


def test_marks_go_with_the_time_that_a_question_takes(tmp_path: Path) -> None:
    known = bank(*(family(f"t{t}.l{level}", level=level) for t in range(4) for level in (1, 4)))
    made = blueprint("- {title: A, questions: 4, each: 1}\n", known, tmp_path, minutes=24)
    for seed in range(10):
        assert {i.variant.level for i in draw_form(known, made, chance=random.Random(seed)).items} == {4}


def test_a_blueprint_that_the_bank_cannot_fill_names_the_section() -> None:
    made = Blueprint(title="T", minutes=0, sections=(Section(title="Hard", questions=9),))
    with pytest.raises(
        AuthorError, match="T: the section 'Hard' cannot be filled: 9 questions are asked for, there are 4"
    ):
        draw_form(square_bank(topics=1), made, chance=random.Random(0))


@pytest.mark.parametrize(
    ("marks", "weights", "shares"),
    [
        (6, [1, 1, 1], [2, 2, 2]),
        (10, [2, 1, 1], [5, 2.5, 2.5]),
        (3, [1, 1], [1.5, 1.5]),
        (10, [1, 1, 1], [3.5, 3.5, 3]),
        (8, [1], [8]),
        (5, [3, 0.5], [4.5, 0.5]),
        (1, [1, 1, 1], [1 / 3, 1 / 3, 1 / 3]),
        (0.75, [1, 2], [0.25, 0.5]),
    ],
)
def test_marks_are_shared_in_halves_where_they_can_be(marks: float, weights: list[float], shares: list[float]) -> None:
    assert shared(marks, weights) == pytest.approx(shares)
    assert sum(shared(marks, weights)) == pytest.approx(marks)


def test_other_marks_leave_the_question_as_it_is() -> None:
    variant = family("t.q", kinds=("integer", "formula"), marks=2).draw(3)
    heavier = worth(variant, 10)
    assert [part.marks for part in heavier.parts] == [5, 5]
    assert [str(part.prompt) for part in heavier.parts] == [str(part.prompt) for part in variant.parts]
    assert heavier.part("a").answer_text == variant.part("a").answer_text
    assert worth(variant, None) is variant


def test_labels_have_no_letters_that_are_mixed_up() -> None:
    assert set("01258BILOSUVZ6") & set(LETTERS) == set()
    for label in [random_label() for _ in range(200)] + [label_of(0), label_of(22**8 - 1)]:
        assert len(label) == 9
        assert label[4] == "-"
        assert set(label.replace("-", "")) <= set(LETTERS)
    assert len({label_of(n) for n in range(5000)}) == 5000
