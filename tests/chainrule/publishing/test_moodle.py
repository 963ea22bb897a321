"""Moodle XML: its rules are kept, and Moodle's way of grading gives each answer what Chainrule gives it."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from itertools import combinations
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest
from moodle_rules import check_structure, cloze_fields, cloze_grade, grade, text_of
from published import chosen, few

from chainrule.grading import grade as judge
from chainrule.publishing.asked import Asked, ask
from chainrule.publishing.chosen import from_family
from chainrule.publishing.forms import Options
from chainrule.publishing.moodle import moodle_xml
from chainrule.publishing.moodle_cloze import cloze
from chainrule.publishing.moodle_fractions import LISTED, listed, of_statements
from grader.keys import Mistake, NumberKey, OrderingKey, StatementsKey
from questions.prose import Prose
from questions.variant import Part, Variant


@cache
def exported(formulas: bool = False) -> dict[str, Element]:
    """The questions by their idnumber."""
    made = moodle_xml(chosen(), Options(formulas=formulas))
    assert made.left_out == ()
    quiz = ElementTree.fromstring(made.content)
    check_structure(quiz)
    return {question.findtext("idnumber") or "": question for question in quiz if question.get("type") != "category"}


def asked_of(kind: str) -> list[Asked]:
    return [asked for asked in chosen().asked() if asked.part.kind == kind]


def alone(kind: str) -> list[Asked]:
    """The parts of that kind that are questions of their own."""
    return [asked for asked in asked_of(kind) if asked.id in exported()]


def test_every_part_is_there_by_itself_or_within_a_question_of_fields() -> None:
    found = exported()
    for asked in chosen().asked():
        whole = asked.id.rpartition(".")[0]
        assert (asked.id in found) != (whole in found), asked.id
    kinds = {question.get("type") for question in found.values()}
    assert kinds == {"numerical", "multichoice", "ordering", "shortanswer", "essay", "cloze"}


def test_a_number_earns_what_it_earns_here() -> None:
    for asked in alone("integer") + alone("number"):
        key, question = asked.part.key, exported()[asked.id]
        typed = [text_of(answer, ".") for answer in question.iter("answer")]
        assert (
            grade(
                question, asked.part.answer_text.partition("/")[0] if "/" not in asked.part.answer_text else typed[0]
            ).share
            == 1
        )
        for text in typed[1:]:
            verdict = judge(asked.part, text)
            got = grade(question, text)
            assert got.share == pytest.approx(verdict.score), (asked.id, text)
            assert (verdict.mistake != "") == bool(got.feedback) or verdict.score == 0.5, (asked.id, text)
        for text in ("0.123456", str(float(typed[0]) + 1), str(-float(typed[0]) - 0.5)):
            if text not in typed:
                assert grade(question, text).share == pytest.approx(judge(asked.part, text).score), (asked.id, text)
        assert key is not None


def test_rounding_is_right_to_the_last_asked_digit_and_not_beyond() -> None:
    (asked,) = [one for one in asked_of("number") if one.variant.family == "curvature.adam-second-step"]
    question = exported()[asked.id]
    value = float(text_of(question, "answer"))
    digits = asked.part.key.digits  # type: ignore[union-attr]
    rounded = float(f"{value:.{digits - 1}e}")
    half = 0.5 * 10.0 ** (len(str(int(abs(value)))) * (abs(value) >= 1) - digits)
    for number in (rounded, value + 0.9 * half, value - 0.9 * half, value + 3 * half, value - 3 * half):
        text = repr(number)
        assert grade(question, text).share == pytest.approx(judge(asked.part, text).score), text


def test_the_right_option_alone_earns_marks_and_a_wrong_one_its_sentence() -> None:
    for asked in alone("choice"):
        for place, (label, _) in enumerate(asked.part.choices):
            verdict = judge(asked.part, label)
            got = grade(exported()[asked.id], {place})
            assert got.share == verdict.score
            assert bool(got.feedback) == bool(verdict.mistake)


def test_the_right_choice_is_not_told_what_speaks_against_it() -> None:
    """In notes with a slip each line has the sentence of a right line; the line with the slip is the right choice."""
    quiz = ElementTree.fromstring(moodle_xml(few("adversarial.notes@1"), Options()).content)
    answers = list(next(one for one in quiz if one.get("type") == "multichoice").iter("answer"))
    assert any(option.right and option.says for option in few("adversarial.notes@1").quiz.items[0].parts[0].key.options)
    assert all(bool(text_of(answer, "feedback")) == (answer.get("fraction") == "0") for answer in answers)


def test_statements_earn_full_marks_exactly_where_they_do_here() -> None:
    (asked,) = alone("statements")
    key = asked.part.key
    assert isinstance(key, StatementsKey)
    labels = [label for label, _ in asked.part.choices]
    question = exported()[asked.id]
    for size in range(len(labels) + 1):
        for marked in combinations(range(len(labels)), size):
            right = judge(asked.part, ", ".join(labels[place] for place in marked) or "none").score == 1
            assert (grade(question, set(marked)).share == 1) == right
    assert grade(question, set(range(len(labels) + 1))).share == 0  # all, and that none is true


def test_where_no_statement_is_true_there_is_something_to_mark() -> None:
    shares = of_statements({"a": False, "b": False, "": True})
    assert shares == {"a": "-50", "b": "-50", "": "100"}
    assert all(listed(n / 100).lstrip("-") in LISTED for n in range(-100, 101))


def test_an_order_earns_what_it_earns_here() -> None:
    (asked,) = alone("ordering")
    key = asked.part.key
    assert isinstance(key, OrderingKey)
    places = list(range(1, len(key.order) + 1))
    swapped = [2, 1, *places[2:]]
    for order in (places, swapped, places[::-1], [*places[1:], 1]):
        typed = ", ".join(key.order[place - 1] for place in order)
        assert grade(exported()[asked.id], order).share == pytest.approx(judge(asked.part, typed).score)


def test_shapes_are_accepted_in_every_usual_spelling() -> None:
    (asked,) = alone("shape")
    question = exported()[asked.id]
    sizes = [int(size) for size in asked.part.answer_text.strip("()").split(",") if size]
    spelt = [
        str(tuple(sizes)),
        str(sizes),
        "x".join(map(str, sizes)),
        ", ".join(map(str, sizes)),
        f"torch.Size({sizes})",
    ]
    for text in spelt:
        assert judge(asked.part, text).score == 1
        assert grade(question, text).share == 1, text
    assert grade(question, str(tuple(sizes[::-1]))).share == 0


def test_formulas_are_essays_with_the_key_for_the_grader_unless_their_text_is_to_be_compared() -> None:
    (asked,) = asked_of("formula")[:1]
    essay, short = exported()[asked.id], exported(formulas=True)[asked.id]
    assert essay.get("type") == "essay" and r"\operatorname{softmax}" in text_of(essay, "graderinfo")
    assert short.get("type") == "shortanswer" and short.findtext("usecase") == "1"
    assert grade(short, asked.part.answer_text).share == 1
    assert grade(short, asked.part.answer_text.replace(" ", "")).share == 1
    mistake = asked.part.key.mistakes[0]  # type: ignore[union-attr]
    assert mistake.says[:20] in grade(short, mistake.key.text()).feedback


def test_a_star_in_a_formula_stands_for_itself() -> None:
    found = moodle_xml(few("layers.batch-layers@1"), Options(formulas=True))
    (question,) = [q for q in ElementTree.fromstring(found.content) if q.get("type") == "shortanswer"]
    (asked,) = few("layers.batch-layers@1").asked()
    key = asked.part.answer_text
    assert "*" in key and grade(question, key).share == 1
    assert grade(question, key.replace("*", "* 7 *")).share == 0


def test_fields_of_one_question_earn_what_the_parts_earn() -> None:
    for id in ("adversarial.from-two-densities@1", "convolution.residual-projection@3"):
        fields = cloze_fields(text_of(exported()[id], "questiontext"))
        parts = [asked for asked in chosen().asked() if asked.id.startswith(f"{id}.")]
        assert len(fields) == len(parts)
        for asked, field in zip(parts, fields, strict=True):
            assert field[0] == asked.part.marks
            assert cloze_grade(field, asked.part.answer_text).share == 1, asked.id
            for _, text, _ in field[2]:
                typed = text.partition(":")[0]
                verdict, got = judge(asked.part, typed), cloze_grade(field, typed)
                assert got.share == pytest.approx(verdict.score), (asked.id, typed)
            for mistake in getattr(asked.part.key, "mistakes", ()) if asked.part.kind == "shape" else ():
                assert cloze_grade(field, str(mistake.key)).feedback


def test_no_feedback_ends_a_field_or_becomes_a_tag() -> None:
    says = "a } b ~ c # d <b> & **e** it's"
    key = NumberKey(Fraction(1, 2), 2, mistakes=(Mistake("m", Fraction(1, 4), says),))
    parts = tuple(Part(id, Prose(["How large?"]), 1.0, "number", lambda: key) for id in ("x", "y"))
    asked = list(ask(1, Variant("t.f", "v", 1, {}, "Title", 1, "", parts), "Topic"))
    (first, second) = cloze_fields(text_of(cloze(asked, Options()), "questiontext"))
    assert first == second
    assert cloze_grade(first, "0.5").share == 1
    assert cloze_grade(first, "0.25").feedback == "a } b \u223c c # d &lt;b&gt; &amp; <strong>e</strong> it&#39;s"


def test_code_begins_with_its_starter_and_takes_a_file() -> None:
    (asked,) = asked_of("code")
    question = exported()[asked.id]
    assert text_of(question, "responsetemplate") == asked.part.starter.rstrip() or asked.part.starter in text_of(
        question, "responsetemplate"
    )
    assert question.findtext("filetypeslist") == ".py,.ipynb"
    assert "def " in text_of(question, "graderinfo") and "def " not in text_of(question, "questiontext")


def test_pictures_come_along_and_are_shown() -> None:
    question = exported()["adversarial.from-two-densities@1"]
    names = {file.get("name") for file in question.iterfind("questiontext/file")}
    assert names and all(f"@@PLUGINFILE@@/{name}" in text_of(question, "questiontext") for name in names)


def test_nothing_that_is_asked_tells_the_key() -> None:
    """The worked solution stands in the general feedback, and goes where it is not wanted."""
    (asked,) = asked_of("formula")[:1]
    question = exported()[asked.id]
    key = r"\operatorname{softmax}\left(z\right) - t"
    assert key not in text_of(question, "questiontext") and key in text_of(question, "generalfeedback")
    bare = ElementTree.fromstring(moodle_xml(few("layers.softmax-cross-entropy@1"), Options(solutions=False)).content)
    assert all(not text_of(question, "generalfeedback") for question in bare)


def test_later_parts_are_not_solved_in_the_feedback_of_an_earlier_one() -> None:
    made = ElementTree.fromstring(moodle_xml(few("adversarial.generator-gradient@3"), Options()).content)
    first, second = [question for question in made if question.get("type") != "category"]
    assert "Descend" not in text_of(first, "generalfeedback") and r"\mathrm{new}" not in text_of(
        first, "generalfeedback"
    )
    assert r"\mathrm{new}" in text_of(second, "generalfeedback")
    assert "Derive dL/dA" in text_of(second, "questiontext")  # what the part before asked is told


def test_the_same_questions_give_the_same_bytes() -> None:
    assert moodle_xml(chosen(), Options()).content == moodle_xml(chosen(), Options()).content


def test_a_bank_of_one_question_has_a_category_of_its_own_and_as_many_numbers_as_variants() -> None:
    from published import bank

    many = from_family("convolution.output-size", 12, bank())
    quiz = ElementTree.fromstring(moodle_xml(many, Options()).content)
    check_structure(quiz)
    category, *questions = list(quiz)
    assert text_of(category, "category").endswith("/Output size of a convolution")
    assert len(questions) == 12 == len({text_of(question, "questiontext") for question in questions})
