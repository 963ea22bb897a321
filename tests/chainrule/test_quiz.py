"""Quizzes: drawn, written, read back, asked and graded. The bank here is a small one made by hand."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from chainrule import files
from chainrule.asking import Asked, ask_quiz
from chainrule.grading import grade_quiz
from chainrule.quiz import Quiz, draw_quiz
from chainrule.quiz_data import plain_values
from chainrule.quizfile import Answered, quiz_text, read_quiz, write_quiz
from chainrule.typed_answers import quote_answers
from chainrule.wording import TYPED, feedback_text, plain_prose, score_line, verdict_lines
from grader.errors import AuthorError
from grader.formula import Scope, Symbol, read
from grader.keys import ChoiceKey, CodeKey, FormulaKey, Key, Mistake, NumberKey, Option
from grader.verdict import Feedback, Outcome, Verdict
from questions.bank import Bank, UnknownId
from questions.prose import Prose
from questions.strict_yaml import load
from questions.variant import Part, Variant

SCOPE = Scope({"h": Symbol("h"), "W": Symbol("W", ("K", "D")), "x": Symbol("x", ("D",))})
TWO = NumberKey(Fraction(2), None, mistakes=(Mistake("sum", Fraction(3), "Do not add them."),))
FORMULA = FormulaKey(read("h*W @ x", SCOPE), SCOPE)
CHOICE = ChoiceKey((Option("a", "SGD", False, "Too slow."), Option("b", "Adam", True)))
CODE = CodeKey("double", ("x",), ("y",), ())


def broken() -> Key:
    raise AuthorError("solutions/none.py: there is no function 'f'")


def part(id: str, kind: str, key: Key, *, hints: tuple[str, ...] = (), starter: str = "") -> Part:
    choices = tuple((option.label, Prose([option.text])) for option in getattr(key, "options", ()))
    said = tuple(Prose([hint]) for hint in hints)
    return Part(id, Prose([f"Question {kind}?\n"]), 1.0, kind, lambda: key, starter, choices, said)


def variant(family: str, seed: int, *parts: Part) -> Variant:
    values = {"n": Fraction(7), "r": Fraction(1, 3), "f": "tanh", "A": ((Fraction(1), Fraction(2)),)}
    return Variant(family, "v1", seed, values, f"Title of {family}", 1, "a book", parts)


PARTS = {
    "a.number": (part("a", "number", TWO, hints=("Count.", "Again.")),),
    "a.formula": (part("a", "formula", FORMULA),),
    "b.choice": (part("a", "choice", CHOICE), part("b", "number", TWO)),
    "b.code": (part("a", "code", CODE, starter="def double(x):\n    ...\n"),),
    "b.broken": (Part("a", Prose(["?"]), 1.0, "number", broken),),
}


@dataclass
class SmallFamily:
    id: str
    version: str = "v2"

    def draw(self, seed: int) -> Variant:
        return variant(self.id, seed, *PARTS[self.id])


@dataclass
class SmallBank:
    ids: tuple[str, ...] = ("a.formula", "a.number", "b.choice", "b.code")

    def topics(self) -> dict[str, tuple[str, list[str]]]:
        found: dict[str, tuple[str, list[str]]] = {}
        for id in self.ids:
            topic = id.partition(".")[0]
            found.setdefault(topic, (f"Topic {topic}", []))[1].append(id)
        return found

    def family(self, id: str) -> SmallFamily:
        if id not in PARTS:
            raise UnknownId(id, ())
        return SmallFamily(id)


BANK = cast(Bank, SmallBank())


def quiz_of(*ids: str) -> Quiz:
    return draw_quiz(BANK, seed=1, families=ids)


# ---- drawing


def test_the_seed_fixes_the_quiz() -> None:
    def drawn(seed: int) -> list[tuple[str, int]]:
        return [(item.family, item.seed) for item in draw_quiz(BANK, seed=seed, n=9).items]

    assert drawn(1) == drawn(1)
    assert drawn(1) != drawn(2)


def test_every_question_comes_before_any_comes_again() -> None:
    items = [item.family for item in draw_quiz(BANK, seed=3, n=10).items]
    assert len(items) == 10
    assert sorted(items[:4]) == sorted(items[4:8]) == sorted(SmallBank().ids)


def test_a_topic_limits_what_is_drawn() -> None:
    quiz = draw_quiz(BANK, seed=1, n=5, topic="a")
    assert {item.family for item in quiz.items} == {"a.number", "a.formula"}
    assert quiz.title == "Quiz: Topic a"


def test_an_unknown_topic_suggests_the_nearest() -> None:
    bank = cast(Bank, SmallBank(("layers.x", "convolution.y")))
    with pytest.raises(AuthorError, match=r"no topic 'layer'\. Did you mean 'layers'\? Known: layers, convolution"):
        draw_quiz(bank, seed=1, topic="layer")


def test_an_empty_bank_says_so() -> None:
    with pytest.raises(AuthorError, match="the bank has no questions"):
        draw_quiz(cast(Bank, SmallBank(())), seed=1)


# ---- files

ANSWERS = {
    (1, "a"): "h*(W @ x)",
    (2, "a"): "b",
    (2, "b"): "[1, 2]: # not a comment",
    (3, "a"): "def f(x):\n    return [x]\n",
}


def test_a_written_quiz_reads_back(tmp_path: Path) -> None:
    quiz = quiz_of("a.formula", "b.choice", "b.code", "a.number")
    write_quiz(tmp_path / "quiz.yaml", quiz, ANSWERS)
    answered = read_quiz(tmp_path / "quiz.yaml", BANK)
    assert (answered.problems, answered.lost) == ({}, ())
    assert {place: answer for place, answer in answered.answers.items() if answer} == ANSWERS
    assert [(item.family, item.seed) for item in answered.quiz.items] == [(i.family, i.seed) for i in quiz.items]
    assert (answered.quiz.title, answered.quiz.seed) == (quiz.title, quiz.seed)


def test_the_file_holds_values_versions_prompts_and_places() -> None:
    text = quiz_text(quiz_of("b.code"), {})
    drawn = re.search(r'    drawn: "(\S+)"\n', text)
    assert drawn is not None
    assert json.loads(base64.b64decode(drawn[1])) == {"n": 7, "r": "1/3", "f": "tanh", "A": [[1, 2]]}
    assert '    version: "v1"\n' in text
    assert "        prompt: |\n          Question code?\n          Write this function and give" in text
    assert "        starter: |\n          def double(x):\n              ...\n        answer:\n" in text


OPTIONS = (("a", Prose(["first line"])), ("b", Prose(["second line"])))
HOW = {
    "choice": "Type the letter of one line.",
    "statements": "Type the letters of all true lines",
    "ordering": "Type all letters in the right order",
}


@pytest.mark.parametrize("kind", HOW)
def test_the_file_holds_options_and_how_to_answer(kind: str) -> None:
    asked = Part("a", Prose(["Which?"]), 1.0, kind, lambda: CHOICE, choices=OPTIONS)
    text = quiz_text(Quiz("Quiz", 1, (variant("c.options", 1, asked),)), {})
    prompt = load(quote_answers(text), "quiz.yaml").data["items"][0]["parts"][0]["prompt"]
    assert prompt.startswith(f"Which?\n  a) first line\n  b) second line\n{HOW[kind]}")


def test_the_file_holds_symbols_and_outlives_a_broken_key() -> None:
    text = quiz_text(quiz_of("a.formula", "b.broken"), {})
    assert "  with h: a number; W: matrix K × D; x: vector of D\n          Type a formula" in text
    assert "prompt: |\n          ?\n" in text


def lines_of(text: str) -> list[str]:
    """The lines without what a block of text does not keep: spaces at their ends, empty lines around them."""
    return "\n".join(line.rstrip() for line in text.split("\n")).strip("\n").split("\n")


@example("", "\t\n:")
@given(st.text(st.characters(codec="utf-8"), max_size=40), st.text(" \t\n#:|>-'\"{}[]\\ax\r\x0c\u2028", max_size=30))
def test_any_answer_reads_back(start: str, end: str) -> None:
    answer = start + end
    text = quiz_text(quiz_of("a.number"), {(1, "a"): answer})
    document = load(quote_answers(text), "quiz.yaml")
    found = document.data["items"][0]["parts"][0]["answer"] or ""
    assert lines_of(found) == lines_of(answer)


def test_plain_values_are_json() -> None:
    assert plain_values({"a": (Fraction(4, 2), Fraction(1, 2)), "b": "x"}) == {"a": [2, "1/2"], "b": "x"}


def edited(tmp_path: Path, quiz: Quiz, *changes: tuple[str, str]) -> Path:
    path = tmp_path / "quiz.yaml"
    text = quiz_text(quiz, {})
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")
    return path


EMPTY = "        answer:\n"
BAD_ITEMS = [
    ("question: a.number", "question: a.numbr", "lists all ids. Questions of your own need --bank DIR"),
    ('drawn: "', 'drawn: "X', "a.number: the question was changed since this quiz was drawn (now v2, then v1)"),
    ("question: a.number", "ask: a.number", "an item names its question as 'question: topic.name'"),
    ('- id: "a"', '- id: "z"', "question 1 (a.number) has no part 'z'; its parts: a"),
]


@pytest.mark.parametrize(("old", "new", "message"), BAD_ITEMS)
def test_one_bad_item_leaves_the_others(old: str, new: str, message: str, tmp_path: Path) -> None:
    path = edited(tmp_path, quiz_of("a.number", "b.choice"), (old, new))
    path.write_text(path.read_text().replace("answer:\n", "answer: b\n"))
    answered = read_quiz(path, BANK)
    assert len(answered.lost) == 1
    assert message in answered.lost[0]
    assert "quiz.yaml:" in answered.lost[0]
    assert answered.answers[len(answered.quiz.items), "a"] == "b"


BAD_ANSWERS = [
    ("{file: none.py}", "none.py: there is no such file beside the quiz"),
    ("{file: ../quiz.py}", "../quiz.py: outside the folder of the quiz; copy it there"),
    ("{file: 3, other: 4}", "an answer is text, or {file: NAME}; put quotes around it"),
]


@pytest.mark.parametrize(("written", "message"), BAD_ANSWERS)
def test_one_bad_answer_leaves_the_others(written: str, message: str, tmp_path: Path) -> None:
    quiz = quiz_of("a.number", "b.choice")
    path = edited(tmp_path, quiz, (EMPTY, f"        answer: {written}\n"), (EMPTY, "        answer: b\n"))
    graded = grade_quiz(read_quiz(path, BANK))
    assert [part.outcome for part in graded.parts] == ["unreadable", "right", "unanswered"]
    verdict = graded.parts[0].verdict
    assert verdict is not None
    assert verdict.feedback[0].data == {"what": message}


def test_code_comes_from_a_file_beside_the_quiz(tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text("def double(x):\n    return 2 * x\n")
    path = edited(tmp_path, quiz_of("b.code"), (EMPTY, "        answer: {file: mine.py}\n"))
    assert read_quiz(path, BANK).answers[1, "a"] == "def double(x):\n    return 2 * x\n"


@pytest.mark.parametrize("text", ["quiz: 2\nitems: []\n", "[]\n", "quiz: 1\nitems: 3\n", "text\n"])
def test_another_file_is_refused(text: str, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(text)
    with pytest.raises(files.InputError, match=r"a\.yaml: not a quiz; `chainrule quiz --save FILE` writes one"):
        read_quiz(tmp_path / "a.yaml", BANK)


def test_broken_yaml_names_line_and_column(tmp_path: Path) -> None:
    path = edited(tmp_path, quiz_of("a.number"), ("    seed: ", "    seed: [\n    x: "))
    with pytest.raises(AuthorError, match=r"quiz\.yaml:\d+:\d+: not YAML"):
        read_quiz(path, BANK)


# ---- asking


@dataclass
class Script:
    """A learner whose lines are known. A KeyboardInterrupt among the lines is Ctrl-C; the end is Ctrl-D."""

    lines: list[Any]
    editor: str | None = None
    said: list[str] = field(default_factory=list)

    def read(self) -> str:
        if not self.lines:
            raise EOFError
        line = self.lines.pop(0)
        if isinstance(line, BaseException):
            raise line
        return str(line)

    def edit(self, text: str) -> str | None:
        self.said.append(f"EDITOR {text}")
        return self.editor

    def say(self, text: str, style: str = "") -> None:
        self.said.append(text)

    def heard(self, piece: str) -> bool:
        return any(piece in text for text in self.said)


def ask(
    ids: Iterable[str], *lines: object, answers: Mapping[tuple[int, str], str] | None = None
) -> tuple[Asked, Script]:
    script = Script(list(lines))
    return ask_quiz(quiz_of(*ids), script, answers=answers), script


def outcomes(asked: Asked) -> list[str]:
    return [part.outcome for part in asked.graded.parts]


def test_a_right_answer_goes_on_to_the_next_question() -> None:
    asked, script = ask(["a.number", "b.choice"], "2", "b", "2")
    assert outcomes(asked) == ["right"] * 3
    assert (asked.interrupted, asked.ended) == (False, False)
    assert script.heard("Question 1 of 2: Title of a.number (1 mark)")
    assert script.heard("Question 2 of 2: Title of b.choice, part b (1 mark)")
    assert script.heard("  b) Adam")
    assert script.heard("Right.")


def test_a_wrong_answer_says_why_and_may_be_tried_again() -> None:
    asked, script = ask(["a.number"], "3", "2")
    assert outcomes(asked) == ["right"]
    assert script.heard("Wrong. Do not add them.")
    assert script.heard("Try again, or s to go on.")


def test_an_unreadable_answer_costs_nothing() -> None:
    asked, script = ask(["a.number"], "3 +", "s")
    assert outcomes(asked) == ["unanswered"]
    assert script.heard("Unreadable (costs nothing).")


def test_the_echo_says_how_a_formula_was_read() -> None:
    _, script = ask(["a.formula"], "h*(W @ x)")
    assert script.heard("Read as: h (W x)") or script.heard("Read as: h W x")


def test_hints_come_one_by_one() -> None:
    _, script = ask(["a.number"], "h", "h", "h")
    assert [text for text in script.said if "int" in text and "[" not in text] == [
        "Hint 1 of 2: Count.",
        "Hint 2 of 2: Again.",
        "There are no more hints.",
    ]


def test_a_question_without_hints_says_so() -> None:
    _, script = ask(["b.choice"], "h")
    assert script.heard("This question has no hints.")


def test_skipping_shows_a_right_answer() -> None:
    asked, script = ask(["a.number"], "3", "s")
    assert outcomes(asked) == ["wrong"]
    assert script.heard("One right answer: 2")


def test_help_lists_the_keys() -> None:
    _, script = ask(["a.number"], "?")
    assert script.heard("q  quit; what you answered is kept")


def test_where_a_letter_may_be_the_answer_commands_take_a_colon() -> None:
    asked, script = ask(["a.formula"], "h", ":h", "?", ":q")
    assert outcomes(asked) == ["wrong"]
    assert script.heard("[:h hint, s skip, q quit, ? help]")
    assert script.said.count("h is a name here; :h gives a hint.") == 1
    assert script.heard("This question has no hints.")
    assert script.heard(":h  the next hint\ns  skip this part")
    assert script.heard("?  this help\nh is a name here; :h gives a hint.")


@pytest.mark.parametrize("quits", ["q", ":q"])
def test_letters_that_are_no_names_stay_commands(quits: str) -> None:
    asked, _ = ask(["a.formula", "a.number"], quits, "2")
    assert asked.ended
    assert outcomes(asked) == ["unanswered", "unanswered"]


def test_help_shows_what_a_formula_may_be_written_with() -> None:
    _, script = ask(["a.formula"], "?")
    assert all(script.heard(line) for line in TYPED)
    assert not ask(["a.number"], "?")[1].heard(TYPED[0])


SHOWN = (
    r"X.T|Xᵀ|X^\top|X @ w|x * y|sum(x, axis=0)|softmax(x)|exp(x)|log(x)"
    "|where(x > 0, a, b)|(x > 0)|Sum(p[i], i)|outer(a, b)"
)


@pytest.mark.parametrize("typed", SHOWN.split("|"))
def test_what_help_and_readme_show_can_be_read(typed: str) -> None:
    shapes: dict[str, tuple[str, ...]] = {"X": ("N", "D"), "w": ("D",), **{name: ("N",) for name in "xypab"}}
    read(typed, Scope({name: Symbol(name, shape) for name, shape in shapes.items()}))
    assert typed in " ".join(TYPED)
    assert f"`{typed}`" in (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("end", ["q", EOFError(), KeyboardInterrupt()], ids=["q", "Ctrl-D", "Ctrl-C"])
def test_stopping_keeps_what_was_answered(end: object) -> None:
    kept: list[dict[tuple[int, str], str]] = []
    script = Script(["2", end])
    asked = ask_quiz(quiz_of("a.number", "b.choice"), script, keep=lambda now, _: kept.append(dict(now)))
    assert outcomes(asked) == ["right", "unanswered", "unanswered"]
    assert kept == [{(1, "a"): "2"}]
    assert asked.ended
    assert asked.interrupted == isinstance(end, KeyboardInterrupt)
    assert score_line(asked.graded) == "1 of 3 marks: 1 right, 2 unanswered"


def test_answered_parts_are_not_asked_again() -> None:
    asked, script = ask(["a.number", "b.choice"], "2", answers={(1, "a"): "2", (2, "a"): "b"})
    assert outcomes(asked) == ["right", "right", "right"]
    assert not script.heard("Question 1 of 2")


@pytest.mark.parametrize(("before", "outcome"), [("3", "wrong"), ("3 +", "unreadable")])
def test_an_answer_that_is_not_right_is_asked_again_with_what_was_said(before: str, outcome: str) -> None:
    asked, script = ask(["a.number", "b.choice"], "q", answers={(1, "a"): before, (2, "a"): "b"})
    assert outcomes(asked) == [outcome, "right", "unanswered"]
    assert script.heard(f"Your answer so far: {before}")
    assert outcomes(ask(["a.number"], "2", answers={(1, "a"): before})[0]) == ["right"]


def test_an_answer_that_was_given_up_is_not_asked_again(tmp_path: Path) -> None:
    quiz, path = quiz_of("a.number"), tmp_path / "quiz.yaml"
    ask_quiz(quiz, Script(["3", "s"]), keep=lambda now, given_up: write_quiz(path, quiz, now, given_up))
    kept = read_quiz(path, BANK)
    assert kept.answers == {(1, "a"): "3"}
    assert kept.given_up == frozenset({(1, "a")})
    script = Script([])
    again = ask_quiz(quiz, script, answers=kept.answers, given_up=kept.given_up)
    assert outcomes(again) == ["wrong"]
    assert not script.said


def test_code_is_written_in_the_editor_that_starts_with_the_last_text() -> None:
    script = Script(["e", "e"], editor=None)
    ask_quiz(quiz_of("b.code"), script)
    assert script.heard("EDITOR def double(x):\n    ...")
    assert script.heard("Nothing was saved in the editor.")


def test_a_path_that_is_none_names_the_remedy(tmp_path: Path) -> None:
    _, script = ask(["b.code"], str(tmp_path / "none.py"))
    assert script.heard("none.py: no such file or directory. Give the path of a file with your code, or type e")


def test_a_broken_question_is_said_to_be_ours_and_the_next_one_comes() -> None:
    asked, script = ask(["b.broken", "a.number"], "2")
    assert outcomes(asked) == ["fault", "right"]
    assert script.heard("there is no function 'f'")


# ---- grading


def test_a_key_that_cannot_be_built_is_our_fault_and_costs_no_other_part() -> None:
    quiz = draw_quiz(BANK, seed=1, families=["b.broken", "a.number"])
    graded = grade_quiz(Answered(quiz, {(1, "a"): "2", (2, "a"): "2"}))
    assert [part.outcome for part in graded.parts] == ["fault", "right"]
    assert graded.earned == 1.0
    assert not graded.all_right


def test_lost_items_are_no_full_marks() -> None:
    graded = grade_quiz(Answered(quiz_of("a.number"), {(1, "a"): "2"}, lost=("quiz.yaml:9: gone",)))
    assert not graded.all_right
    assert score_line(graded) == "1 of 1 mark: 1 right, 1 that could not be graded"


def test_each_part_is_reported_as_soon_as_it_is_graded() -> None:
    seen: list[str] = []
    grade_quiz(Answered(quiz_of("b.choice"), {(1, "a"): "a"}), each=lambda part: seen.append(part.outcome))
    assert seen == ["wrong", "unanswered"]


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("the **lower** one", "the lower one"),
        ("**With** a *star*, and **two words**.", "With a *star*, and two words."),
        ("`w**2` and `h**2`", "`w**2` and `h**2`"),
        ("x**2 + y**2", "x**2 + y**2"),
        ("a ** b ** c", "a ** b ** c"),
    ],
)
def test_emphasis_has_no_signs_in_a_terminal_and_powers_keep_theirs(source: str, shown: str) -> None:
    assert plain_prose([source]) == shown
    told = Verdict(Outcome.WRONG, 0, feedback=(Feedback("mistake", {"says": source}),))
    assert feedback_text(told) == shown and verdict_lines(told)[-1][0] == f"Wrong. {shown}"
