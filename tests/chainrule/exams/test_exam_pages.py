"""Paper, key and report of an exam: one label, no seed on the paper, marks and times where they belong."""

from __future__ import annotations

import random
import re
from functools import cache

from small_bank import bank, family

from chainrule.exams.blueprint_schema import Blueprint, Section
from chainrule.exams.class_chance import new_secret
from chainrule.exams.exam_paper import exam_key, exam_paper, paper_view
from chainrule.exams.exam_report import exam_report, sat_view
from chainrule.exams.form import Form, class_form, draw_form
from chainrule.exams.grades import result
from chainrule.grading import GradedPart, GradedQuiz
from chainrule.pages import report_page
from grader.verdict import Evidence, Outcome, Verdict

EVIL = "<script>alert(1)</script>"
BLUEPRINT = Blueprint(
    title="The *exam*",
    minutes=50,
    instructions="Answer **all** of it.",
    grades={"C": 0, "A": 87.5, "B": 50},
    sections=(
        Section(title=f"First {EVIL}", instructions="Short.", families=("layers.one", "layers.two")),
        Section(title="Second", families=("recurrent.three",), each=10),
    ),
)
BANK = bank(
    family("layers.one", marks=2), family("layers.two", level=2),
    family("recurrent.three", level=3, kinds=("integer", "formula")),
)  # fmt: skip
EARNED = {(1, "a"): 1.0, (3, "a"): 0.5, (3, "b"): 0.0}


@cache
def form() -> Form:
    return draw_form(BANK, BLUEPRINT, chance=random.Random(5))


def seen(page: str) -> str:
    """What the page shows, without tags and style."""
    return " ".join(re.sub(r"<[^>]*>", " ", page.partition("</style>")[2]).split())


def graded(made: Form) -> GradedQuiz:
    """Answers with these scores; question 2 has none."""
    parts = []
    for item in made.items:
        for part in item.variant.parts:
            score = EARNED.get((item.number, part.id))
            outcome = {1.0: Outcome.RIGHT, 0.5: Outcome.PARTIAL}.get(score or 0, Outcome.WRONG)
            verdict = None if score is None else Verdict(outcome, score, (), "", Evidence.NONE)
            parts.append(GradedPart(item.number, item.variant, part, "7", verdict))
    return GradedQuiz(made.quiz, tuple(parts))


def report(seconds: dict[int, float]) -> str:
    answered = graded(form())
    outcome = result(form(), {(part.number, part.part.id): part.earned for part in answered.parts})
    return exam_report(form(), answered, outcome, seconds=seconds)


def test_paper_and_key_have_the_label_of_their_form() -> None:
    for page in (exam_paper(form()), exam_key(form())):
        assert f"<code>{form().id}</code>" in page
        assert f'content: "Form {form().id}' in page  # at the foot of each printed sheet


def test_neither_seed_nor_family_nor_answer_stands_on_the_paper() -> None:
    paper, key = seen(exam_paper(form())), seen(exam_key(form()))
    for item in form().items:
        assert str(item.variant.seed) in key
        assert str(item.variant.seed) not in paper
        assert item.variant.family in key
        assert item.variant.family not in paper
    assert "right-answer" in exam_key(form()).partition("</style>")[2]
    assert "right-answer" not in exam_paper(form()).partition("</style>")[2]
    assert "by hand" not in paper  # the source would help to find the answer


def test_no_key_is_computed_for_a_paper() -> None:
    solved = [part for item in paper_view(form()).items for part in item.parts]
    assert [part.right_answer for part in solved] == [""] * 4
    assert all(part.right_answer for item in paper_view(form(), key=True).items for part in item.parts)


def test_the_paper_says_what_is_to_be_done() -> None:
    paper = exam_paper(form())
    text = seen(paper)
    assert "<strong>all</strong>" in paper
    assert "Questions 3 Marks 13 Time 50 minutes Form" in text
    assert "Grades: A from 87.5 %, B from 50 %, C from 0 %" in text
    assert "Name Number Date" in text
    assert "B. Second 10 marks" in text
    assert EVIL not in paper
    assert "A. First &lt;script&gt;" in paper


def test_the_table_for_the_marker_has_every_question() -> None:
    [tally] = re.findall(r'<table class="tally".*?</table>', exam_paper(form()), flags=re.DOTALL)
    rows = [re.findall(r"<td>(.*?)</td>", row) for row in tally.split("</tr>")[:3]]
    assert rows == [["1", "2", "3", "Total"], ["2", "1", "10", "13"], ["", "", "", ""]]
    assert 'class="tally"' not in exam_key(form())


def test_the_key_has_the_marks_of_each_part() -> None:
    text = seen(exam_key(form()))
    assert "Answer of part a 5 marks" in text
    assert "Answer of part b 5 marks" in text


def test_more_time_stands_on_the_paper() -> None:
    assert "Time 62.5 minutes" in seen(exam_paper(form(), extra=1.25))
    assert (
        paper_view(draw_form(BANK, BLUEPRINT.model_copy(update={"minutes": 0}), chance=random.Random(1))).minutes == ""
    )


def test_a_student_of_a_class_finds_their_name_on_the_paper() -> None:
    made = class_form(BANK, BLUEPRINT, secret=new_secret(), exam="e", student="Ada <L>")
    paper = exam_paper(made)
    assert "<dt>Student</dt><dd>Ada &lt;L&gt;</dd>" in paper
    assert "<span>Name</span>" not in paper
    assert "<span>Date</span>" in paper


def test_a_report_has_marks_grade_and_times() -> None:
    text = seen(report({1: 245, 2: 0, 3: 3723}))
    assert "4.5 of 13 marks 34 % Grade C" in text
    assert "Time on questions 1:06:08 Allowed 50 min" in text
    assert "4:05 ≈ 2 min" in text
    assert "none ≈ 3 min" in text
    assert "1:02:03 ≈ 6 min" in text
    assert "costs nothing: mend it" not in text


def test_a_report_sums_sections_and_topics_in_the_order_of_the_course() -> None:
    outcome = result(form(), {(1, "a"): 2.0})
    view = sat_view(form(), outcome, seconds={})
    assert [(row.earned, row.possible, row.percent) for row in view.sections] == [(2, 3, 66), (0, 10, 0)]
    assert [(row.name, row.questions) for row in view.topics] == [("Layers and losses", 2), ("Recurrent networks", 1)]
    assert (view.taken, view.allowed) == ("", "50 min")
    assert sat_view(form(), outcome, seconds={}, extra=2).allowed == "100 min"


def test_a_table_of_one_section_is_left_out() -> None:
    one = Blueprint(title="T", minutes=0, sections=(Section(title="Only", families=("layers.one",)),))
    made = draw_form(BANK, one, chance=random.Random(0))
    page = exam_report(made, graded(made), result(made, {}), seconds={})
    assert "Results by section" not in page
    assert "Results by topic" in page
    assert "Grade" not in seen(page)


def test_a_report_without_an_exam_has_nothing_of_one() -> None:
    text = seen(report_page("T", ()))
    for word in ("Grade", "Time", "Results by topic", "Form"):
        assert word not in text
