"""The package for Canvas: its rules are kept, and Canvas's way of grading gives right answers full marks."""

from __future__ import annotations

import re
from functools import cache
from itertools import combinations
from xml.etree.ElementTree import Element

from published import bank, chosen, few
from qti_rules import fields, points, read

from chainrule.grading import grade as judge
from chainrule.publishing.asked import Asked
from chainrule.publishing.chosen import from_family
from chainrule.publishing.forms import Options
from chainrule.publishing.numbers import digits_asked
from chainrule.publishing.qti import qti_package
from chainrule.publishing.qti_numbers import factor
from grader.keys import NumberKey, OrderingKey


@cache
def exported(formulas: bool = False) -> dict[str, Element]:
    made = qti_package(chosen(), Options(formulas=formulas))
    assert made.left_out == () and made.questions == len(list(chosen().asked()))
    _, _, items = read(made.content)
    return {asked.id: item for asked, item in zip(chosen().asked(), items, strict=True)}


def of_kind(*kinds: str) -> list[tuple[Asked, Element]]:
    return [(asked, exported()[asked.id]) for asked in chosen().asked() if asked.part.kind in kinds]


def labels(item: Element) -> list[str]:
    return [str(label.get("ident")) for label in item.iter("response_label")]


def test_every_kind_of_question_is_there() -> None:
    kinds = {fields(item)["question_type"] for item in exported().values()}
    assert len(kinds) == 7


def test_numbers_are_right_within_the_tolerance_of_the_key() -> None:
    for asked, item in of_kind("number", "integer"):
        key = asked.part.key
        assert isinstance(key, NumberKey)
        times = factor(key)
        value = float(item.findtext(".//setvar/../conditionvar/or/varequal") or "") / times
        typed = {repr(value), repr(value * 1.0004), repr(value * 0.9996), repr(value * 1.02), repr(value + 1)}
        if "/" not in asked.part.answer_text:
            assert points(item, float(asked.part.answer_text) * times) == 1, asked.id
        for text in typed if key.digits == digits_asked(key) else ():
            right = judge(asked.part, text).score == 1
            assert (points(item, float(text) * times) == 1) == right, (asked.id, text)


def test_an_exact_number_without_an_end_is_asked_for_as_a_decimal_one() -> None:
    made = qti_package(few("navigation.loop-closure@3"), Options())
    asked = [one.what for one in made.remarks if "no end in decimals" in one.why]
    _, _, items = read(made.content)
    (item,) = [one for one, a in zip(items, few("navigation.loop-closure@3").asked(), strict=True) if a.id in asked]
    assert "to 4 significant digits or more" in (item.findtext("presentation/material/mattext") or "")
    assert points(item, "0.1818") == 1 and points(item, "0.182") == 0


def test_of_a_small_number_a_multiple_is_asked_for_since_four_decimals_are_kept() -> None:
    small = few("recurrent.pixel-probability@1")
    made = qti_package(small, Options())
    (asked,) = [one for one in small.asked() if one.part.id == "probability"]
    item = read(made.content)[2][0]
    assert "Give 1,000 times the number, as a decimal number, to 3" in (item.findtext("presentation//mattext") or "")
    assert any(one.what == asked.id and "four decimals" in one.why for one in made.remarks)
    assert judge(asked.part, "0.001536").score == judge(asked.part, "0.00154").score == 1
    assert points(item, "1.536") == points(item, "1.54") == 1
    assert points(item, "1.53") == points(item, "1.55") == points(item, "0.001536") == 0


def test_choices_and_statements_earn_full_marks_exactly_where_they_do_here() -> None:
    for asked, item in of_kind("choice"):
        for label, (name, _) in zip(labels(item), asked.part.choices, strict=True):
            assert points(item, label) == judge(asked.part, name).score
    for asked, item in of_kind("statements"):
        idents, names = labels(item), [name for name, _ in asked.part.choices]
        for size in range(len(names) + 1):
            for marked in combinations(range(len(names)), size):
                right = judge(asked.part, ", ".join(names[place] for place in marked) or "none").score == 1
                assert (points(item, {idents[place] for place in marked}) == 1) == right


def test_wrong_options_bring_their_sentence() -> None:
    for asked, item in of_kind("choice", "statements"):
        told = {str(one.get("ident")).removesuffix("_fb") for one in item.iter("itemfeedback")} - {"general"}
        options = asked.part.key.options  # type: ignore[union-attr]
        says = [one.says if asked.part.kind == "statements" or not one.right else "" for one in options]
        assert told == {label for label, text in zip(labels(item), says, strict=False) if text}


def test_an_order_is_a_letter_for_each_place() -> None:
    ((asked, item),) = of_kind("ordering")
    key = asked.part.key
    assert isinstance(key, OrderingKey)
    responses = [str(one.get("ident")) for one in item.iter("response_lid")]
    numbers = {one.findtext("material/mattext"): str(one.get("ident")) for one in item.iter("response_label")}
    right = {response: numbers[label] for response, label in zip(responses, key.order, strict=True)}
    assert points(item, right) == 1
    assert points(item, dict(zip(responses, list(right.values())[::-1], strict=True))) < 1
    asking = item.findtext("presentation/material/mattext") or ""
    assert all(f"<li>{label}) " in asking for label in key.order)


def test_shapes_and_with_formulas_formulas_are_short_answers() -> None:
    for asked, item in of_kind("shape"):
        for text in (
            asked.part.answer_text,
            asked.part.answer_text.strip("(),"),
            asked.part.answer_text.replace(" ", ""),
        ):
            assert points(item, text) == 1, text
    for asked, item in of_kind("formula"):
        assert fields(item)["question_type"] == "essay_question"
        assert points(exported(formulas=True)[asked.id], asked.part.answer_text) == 1


def test_code_is_uploaded_and_its_starter_shown() -> None:
    ((asked, item),) = of_kind("code")
    assert fields(item)["question_type"] == "file_upload_question"
    assert f"def {asked.part.entry}" in (item.findtext("presentation/material/mattext") or "")


def test_pictures_lie_in_the_package_where_they_are_shown() -> None:
    files, root, _ = read(qti_package(chosen(), Options()).content)
    texts = "".join(one.text or "" for one in root.iter("mattext"))
    shown = set(re.findall(r'src="%24IMS-CC-FILEBASE%24/(images/[^"]+)"', texts))
    assert shown and shown == {name for name in files if name.startswith("images/")}


def test_the_same_questions_give_the_same_bytes_and_names() -> None:
    first, second = qti_package(chosen(), Options()).content, qti_package(chosen(), Options()).content
    assert first == second
    alone = read(qti_package(few("layers.softmax-cross-entropy@1"), Options()).content)[2][0]
    assert alone.get("ident") == exported()["layers.softmax-cross-entropy@1.a"].get("ident")


def test_of_many_variants_each_student_gets_one_of_each_part() -> None:
    many = from_family("adversarial.from-two-densities", 4, bank())
    files, root, items = read(qti_package(many, Options(solutions=False)).content)
    groups = root.findall("assessment/section/section")
    assert [len(group.findall("item")) for group in groups] == [4, 4, 4] and len(items) == 12
    assert {group.findtext("selection_ordering/selection/selection_number") for group in groups} == {"1"}
    (about,) = [content for name, content in files.items() if name.endswith("assessment_meta.xml")]
    marks = sum(part.marks for part in many.quiz.items[0].parts)
    assert f"<points_possible>{marks:g}<" in about.decode()
    assert not any(item.iter("itemfeedback") and item.find("itemfeedback[@ident='general_fb']") for item in items)
