"""Blueprints: what may stand in one, and every fault by its line and column."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_bank import bank, family, loaded, square_bank

from chainrule.exams.blueprint import blueprint_files, load_blueprint
from chainrule.files import InputError
from grader.errors import AuthorError
from questions.bank import load_bank, load_family
from questions.faults import FaultError

HEAD = "title: T\nminutes: 10\n"
ONE = "sections:\n- {title: A, questions: 1}\n"

# (text of the blueprint, where the fault is, words of its message)
FAULTS = [
    (ONE, "1:1", "the field 'title' is missing"),
    ("title: T\nminutes: -1\n" + ONE, "2:10", "greater than or equal to 0"),
    ("title: T\nminutes: soon\n" + ONE, "2:10", "came 'soon', expected a number"),
    (HEAD + "feedback: some\n" + ONE, "3:11", "expected one of none, outcome or full"),
    (HEAD + "sections: []\n", "3:11", "at least 1 entries"),
    (HEAD + "section: 1\n" + ONE, "3:1", "unknown field 'section'. Did you mean 'sections'?"),
    (HEAD + "sections:\n- title: A\n", "4:3", "so that the section has a size"),
    (HEAD + "sections:\n- {title: A, questions: 0}\n", "4:25", "greater than or equal to 1"),
    (HEAD + "sections:\n- {title: A, questions: 1, levels: [1, 6]}\n", "4:40", "less than or equal to 5"),
    (HEAD + "sections:\n- {title: A, questions: 1, kinds: [essay]}\n", "4:36", "expected one of formula, derivation"),
    (HEAD + "sections:\n- {title: A, questions: 1, topics: []}\n", "4:36", "expected topics, or all"),
    (HEAD + "sections:\n- {title: A, questions: 1, topics: [t9]}\n", "4:37", "no topic 't9'. Known: t0, t1, t2, t3"),
    (HEAD + "sections:\n- {title: A, families: [t0.q9]}\n", "4:25", "there is no question 't0.q9'. Did you mean 't0.q"),
    (HEAD + "sections:\n- {title: A, questions: 1, marks: 4, each: 4}\n", "4:35", "delete `marks`"),
    (HEAD + "sections:\n- {title: A, questions: 1, families: [t0.q1, t0.q2]}\n", "4:38", "2 families, but only 1"),
    (
        HEAD + "sections:\n- {title: A, families: t0.q1}\n- {title: B, families: [t0.q2, t0.q1]}\n",
        "5:32", "t0.q1 is asked twice",
    ),
    (HEAD + "grades: {A: 50}\n" + ONE, "3:9", "no grade begins at 0 percent"),
    (HEAD + "grades: {A: 50, B: 50, C: 0}\n" + ONE, "3:20", "two grades begin at the same percentage"),
    (HEAD + "grades: {A: 101, C: 0}\n" + ONE, "3:13", "less than or equal to 100"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "place", "words"), FAULTS)
def test_a_fault_names_line_column_and_what_was_expected(tmp_path: Path, text: str, place: str, words: str) -> None:
    with pytest.raises(FaultError) as caught:
        loaded(tmp_path, text, square_bank())
    assert f"exam.yaml:{place}: " in str(caught.value)
    assert words in str(caught.value)


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(FaultError) as caught:
        loaded(tmp_path, HEAD + "feedback: x\nsections:\n- {title: A, questions: 1, levels: 9}\n", square_bank())
    assert len(caught.value.faults) == 2


def test_a_section_that_cannot_be_filled_is_named_with_what_there_is(tmp_path: Path) -> None:
    text = (
        HEAD + "sections:\n- {title: Easy, questions: 2}\n- {title: Hard, questions: 5, levels: 4, topics: [t0, t1]}\n"
    )
    with pytest.raises(FaultError) as caught:
        loaded(tmp_path, text, square_bank())
    assert str(caught.value).endswith(
        "exam.yaml:5:3: the section 'Hard' cannot be filled: 5 questions are asked for, there are 2 "
        "(topic t0 or t1, level 4); ask for fewer, or widen its topics, levels or kinds"
    )


def test_sections_that_share_questions_are_counted_together(tmp_path: Path) -> None:
    known = bank(family("t.a"), family("t.b"), family("t.c"))
    two = HEAD + "sections:\n- {title: A, questions: 2}\n- {title: B, questions: %d}\n"
    assert len(loaded(tmp_path, two % 1, known).sections) == 2
    with pytest.raises(
        FaultError, match=r"section 'B' .* 2 questions are asked for, there is 1 besides those of other"
    ):
        loaded(tmp_path, two % 2, known)


def test_what_another_section_has_in_any_case_is_not_counted(tmp_path: Path) -> None:
    known = bank(family("t.a"), family("t.b"))
    text = HEAD + "sections:\n- {title: A, questions: 2}\n- {title: B, families: t.b}\n"
    with pytest.raises(FaultError, match=r"4:3: the section 'A' .* there is 1 besides those of other sections"):
        loaded(tmp_path, text, known)


def test_a_section_of_kinds_takes_questions_all_of_whose_parts_are_of_them(tmp_path: Path) -> None:
    known = bank(family("t.mixed", kinds=("integer", "formula")), family("t.plain"))
    text = HEAD + "sections:\n- {title: A, questions: %d, kinds: integer}\n"
    assert loaded(tmp_path, text % 1, known).sections[0].kinds == ("integer",)
    with pytest.raises(FaultError, match=r"2 questions are asked for, there is 1 \(kind integer\)"):
        loaded(tmp_path, text % 2, known)


def test_bare_values_stand_for_lists_and_all_for_every_topic(tmp_path: Path) -> None:
    text = HEAD + "sections:\n- {title: A, questions: 1, topics: all, levels: 2}\n- {title: B, families: t1.q1}\n"
    first, second = loaded(tmp_path, text, square_bank()).sections
    assert (first.topics, first.levels, second.families) == ((), (2,), ("t1.q1",))


def test_an_unknown_name_lists_those_that_there_are(tmp_path: Path) -> None:
    with pytest.raises(AuthorError, match=r"no blueprint 'curse'. Did you mean 'course'\? Known: course, half-course"):
        load_blueprint("curse", square_bank())
    with pytest.raises(InputError, match=r"mine\.yaml: no such file"):
        load_blueprint("mine.yaml", square_bank())


def test_blueprints_beside_a_bank_of_ones_own_come_first(tmp_path: Path) -> None:
    (tmp_path / "blueprints").mkdir()
    (tmp_path / "blueprints" / "course.yaml").write_text(HEAD + ONE, encoding="utf-8")
    assert load_blueprint("course", square_bank(), [tmp_path]).title == "T"
    assert set(blueprint_files([tmp_path])) == {"course", "half-course", "ten-minutes"}


def test_a_folder_of_blueprints_is_no_topic(tmp_path: Path) -> None:
    (tmp_path / "blueprints").mkdir()
    (tmp_path / "blueprints" / "mine.yaml").write_text(HEAD + ONE, encoding="utf-8")
    assert load_bank([tmp_path]).faults == ()
    assert load_family("blueprints.mine", [tmp_path]) is None
