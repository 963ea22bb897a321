"""Choices, statements and orders: what may be typed, and what it earns."""

from __future__ import annotations

from time import process_time

import pytest

from grader.answers.choice import judge_choice
from grader.answers.ordering import judge_ordering
from grader.answers.statements import judge_statements
from grader.keys import ChoiceKey, Option, OrderingKey, StatementsKey
from grader.sentences import sentence
from grader.verdict import Outcome, Verdict

CHOICE = ChoiceKey(
    (
        Option("a", "Adam", False, "Adam keeps second moments.", "adam"),
        Option("b", "SGD with momentum", True, name="momentum"),
        Option("c", "b", False, "", "trap"),
    )
)
# a and c are true, b and d are not
STATEMENTS = StatementsKey(
    (
        Option("a", "one", True, "One is true."),
        Option("b", "two", False, "Two is not."),
        Option("c", "three", True),
        Option("d", "four", False),
    )
)
ORDER = OrderingKey(tuple(Option(label, f"item {label}", True) for label in "abcd"), ("c", "a", "d", "b"))


def test_marks_without_end_on_a_letter_keep_nobody_waiting() -> None:
    begun = process_time()
    assert judge_choice("a" + "\u0315\u0300" * 100_000, CHOICE).outcome is Outcome.UNREADABLE
    assert process_time() - begun < 5  # a minute, where all of them are put into their order


def said(verdict: Verdict) -> str:
    return " ".join(sentence(feedback) for feedback in verdict.feedback)


@pytest.mark.parametrize(
    "typed",
    [
        "b",
        "B",
        "b)",
        "(B)",
        " b. ",
        "option b",
        "Answer: B",
        "SGD with momentum",
        "sgd  with Momentum",
        "b) SGD with momentum",
    ],
)
def test_a_choice_takes_its_label_or_text_however_it_is_typed(typed: str) -> None:
    assert judge_choice(typed, CHOICE).outcome is Outcome.RIGHT


def test_a_wrong_option_brings_its_own_sentence_and_its_name() -> None:
    verdict = judge_choice("a", CHOICE)
    assert (verdict.outcome, verdict.mistake, said(verdict)) == (Outcome.WRONG, "adam", "Adam keeps second moments.")
    assert verdict.reading == "a) Adam"


def test_a_wrong_option_without_a_sentence_is_still_told() -> None:
    assert said(judge_choice("c", CHOICE)) == "Option c is not right."


@pytest.mark.parametrize(
    ("typed", "sentence_part"),
    [
        ("", "Nothing was chosen; the labels are a, b, c."),
        ("  ...  ", "Nothing was chosen"),
        ("e", "`e` is not a label here; the labels are a, b, c."),
        ("a b", "Exactly one option is right; you named a, b."),
        ("ab", "Exactly one option is right"),
        ("x" * 5000, "is not a label here"),
        ("\u0000", "is not a label here"),
    ],
)
def test_an_unreadable_choice_says_which_labels_exist(typed: str, sentence_part: str) -> None:
    verdict = judge_choice(typed, CHOICE)
    assert verdict.outcome is Outcome.UNREADABLE
    assert sentence_part in said(verdict)


@pytest.mark.parametrize("typed", ["a, c", "ac", "c a", "A and C", "(a) (c)", "a; c", "a, c, a"])
def test_statements_take_any_list_of_labels(typed: str) -> None:
    assert judge_statements(typed, STATEMENTS).outcome is Outcome.RIGHT


@pytest.mark.parametrize(
    ("typed", "outcome", "score"),
    [
        ("a", Outcome.PARTIAL, 0.5),  # 3 right, 1 wrong of 4
        ("a, b, c", Outcome.PARTIAL, 0.5),
        ("none", Outcome.WRONG, 0.0),  # 2 right, 2 wrong
        ("all", Outcome.WRONG, 0.0),
        ("b d", Outcome.WRONG, 0.0),  # floored at 0
    ],
)
def test_statements_score_right_less_wrong(typed: str, outcome: Outcome, score: float) -> None:
    verdict = judge_statements(typed, STATEMENTS)
    assert (verdict.outcome, verdict.score) == (outcome, score)


def test_misjudged_statements_are_explained_one_by_one() -> None:
    assert said(judge_statements("b, c", STATEMENTS)) == (
        "2 of 4 statements are classified correctly. a: One is true. b: Two is not."
    )


def test_none_is_right_where_nothing_is_true() -> None:
    key = StatementsKey((Option("a", "x", False), Option("b", "y", False)))
    assert judge_statements("None of them", key).outcome is Outcome.RIGHT
    assert judge_statements("none", key).reading == "true: none"
    assert judge_statements("", key).outcome is Outcome.UNREADABLE


@pytest.mark.parametrize(
    "typed", ["c, a, d, b", "cadb", "c > a > d > b", "C → A → D → B", "c then a then d, and b", "c < a < d < b"]
)
def test_an_order_is_read_as_typed(typed: str) -> None:
    verdict = judge_ordering(typed, ORDER)
    assert (verdict.outcome, verdict.reading) == (Outcome.RIGHT, "c, then a, then d, then b")


@pytest.mark.parametrize(
    ("typed", "score", "told"),
    [
        ("a, d, b, c", 2 / 3, "2 of 3 neighbours stand in the right order."),
        ("c, a, b, d", 1 / 3, "1 of 3 neighbours"),
        ("b, d, a, c", 0.0, "That is the right order backwards."),
        ("a, c, b, d", 0.0, "0 of 3 neighbours"),
    ],
)
def test_an_order_earns_its_right_neighbours(typed: str, score: float, told: str) -> None:
    verdict = judge_ordering(typed, ORDER)
    assert verdict.score == pytest.approx(score)
    assert told in said(verdict)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("c, a, d", "Not named: b. Write each of a, b, c, d once"),
        ("c, a, d, b, a", "Named more than once: a."),
        ("c, a, d, e", "`e` is not a label here"),
    ],
)
def test_an_order_with_gaps_or_repeats_is_unreadable(typed: str, told: str) -> None:
    verdict = judge_ordering(typed, ORDER)
    assert verdict.outcome is Outcome.UNREADABLE
    assert told in said(verdict)
