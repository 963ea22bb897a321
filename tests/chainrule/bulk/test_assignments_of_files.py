"""Assignments: what their files say, what each student is asked, and what is wrong with them."""

from datetime import datetime
from pathlib import Path

import pytest

from chainrule.bulk.assignment import load_assignment
from chainrule.bulk.records import Student, Submitted
from chainrule.exams.blueprint import read_blueprint
from chainrule.exams.form import class_form
from chainrule.quizfile import write_quiz
from grader.errors import ChainruleError
from questions.bank import Bank, load_family

IDS = ("convolution.output-size", "layers.log-softmax-code")
SECRET = "0123456789abcdef" * 4
BLUEPRINT = "title: Two\nminutes: 0\nsections:\n  - title: One\n    families:\n" + "".join(
    f"      - {id}\n" for id in IDS
)
SAME = "assignment: 1\ntitle: Homework\nquestions:\n  - convolution.output-size@3\n"
OWN = "assignment: 1\ntitle: Homework\nid: hw\nblueprint: two.yaml\nsecret_file: secret.txt\n"


def small_bank() -> Bank:
    found = {id: load_family(id) for id in IDS}
    return Bank({id: family for id, family in found.items() if family is not None})


@pytest.fixture(scope="module")
def bank() -> Bank:
    return small_bank()


def written(tmp_path: Path, text: str) -> Path:
    (tmp_path / "two.yaml").write_text(BLUEPRINT, encoding="utf-8")
    (tmp_path / "secret.txt").write_text(SECRET + "\n", encoding="utf-8")
    (tmp_path / "hw.yaml").write_text(text, encoding="utf-8")
    return tmp_path / "hw.yaml"


def test_the_same_questions_for_all(tmp_path: Path, bank: Bank) -> None:
    found = load_assignment(written(tmp_path, SAME), bank)
    assert (found.id, found.title, found.own_numbers) == ("hw", "Homework", False)
    assert found.quiz_for("a") is found.quiz_for("b")
    assert [item.seed for item in found.quiz_for("a").items] == [3]


def test_a_quiz_file_is_an_assignment(tmp_path: Path, bank: Bank) -> None:
    quiz = load_assignment(written(tmp_path, SAME), bank).quiz_for("a")
    write_quiz(tmp_path / "week-3.yaml", quiz, {(1, "a"): "26"})
    found = load_assignment(tmp_path / "week-3.yaml", bank)
    assert (found.id, found.quiz_for("b").items) == ("week-3", quiz.items)


def test_each_student_gets_the_form_of_the_exam(tmp_path: Path, bank: Bank) -> None:
    found = load_assignment(written(tmp_path, OWN), bank)
    assert found.own_numbers
    blueprint = read_blueprint(BLUEPRINT, bank)
    for student in ("s1", "s2"):
        form = class_form(bank, blueprint, secret=bytes.fromhex(SECRET), exam="hw", student=student)
        assert found.quiz_for(student).items == form.quiz.items
    seeds = [found.quiz_for(student).items[0].seed for student in ("s1", "s2", "")]
    assert len(set(seeds)) == 3


def test_the_questions_of_a_class_are_chosen_once(tmp_path: Path, bank: Bank, monkeypatch: pytest.MonkeyPatch) -> None:
    found = load_assignment(written(tmp_path, OWN), bank)
    monkeypatch.setattr("chainrule.exams.form.chosen", None)  # choosing goes through the whole bank
    assert len(found.quiz_for("s1").items) == len(found.quiz_for("s2").items) == len(found.quiz_for("").items)


def test_the_digest_is_of_questions_marks_and_secret(tmp_path: Path, bank: Bank) -> None:
    texts = [SAME, SAME.replace("@3", "@4"), f"{SAME}marks: {{convolution.output-size: 2}}\n", OWN]
    digests = [load_assignment(written(tmp_path, text), bank).digest for text in texts]
    path = written(tmp_path, OWN)
    (tmp_path / "secret.txt").write_text("ff" * 32, encoding="utf-8")
    digests.append(load_assignment(path, bank).digest)
    assert len(set(digests)) == 5
    assert load_assignment(written(tmp_path, SAME), bank).digest == digests[0]


def test_marks_of_questions_and_of_parts(tmp_path: Path, bank: Bank) -> None:
    marks = "marks:\n  convolution.output-size: 4\n  layers.log-softmax-code: {a: 2.5}\n"
    found = load_assignment(written(tmp_path, OWN + marks), bank)
    asked = {item.family: [part.marks for part in item.parts] for item in found.quiz_for("s1").items}
    assert asked == {"convolution.output-size": [4.0], "layers.log-softmax-code": [2.5]}


LATE = f"{SAME}due: 2027-01-18T23:59+01:00\nlate: {{percent: 20, days: 2}}\n"


@pytest.mark.parametrize(
    ("at", "late", "share"),
    [
        ("2027-01-18T23:59:00+01:00", False, 1.0),
        ("2027-01-18T22:59:01+00:00", False, 0.8),
        ("2027-01-20T12:00:00+01:00", False, 0.6),
        ("2027-01-21T12:00:00+01:00", False, 0.0),
        ("2027-01-18T12:00:00+01:00", True, 1.0),
        ("", True, 0.8),
        ("", False, 1.0),
    ],
)
def test_what_lateness_costs(tmp_path: Path, bank: Bank, at: str, late: bool, share: float) -> None:
    found = load_assignment(written(tmp_path, LATE), bank)
    assert found.due == datetime.fromisoformat("2027-01-18T23:59+01:00")
    handed = Submitted(Student("a"), tmp_path, (), late=late, at=at)
    assert found.share(handed) == pytest.approx(share)
    assert load_assignment(written(tmp_path, SAME), bank).share(handed) == 1.0


@pytest.mark.parametrize(
    ("policy", "share"),
    [("percent: 0, days: 0", 0.0), ("percent: 0, days: 1", 1.0), ("percent: 100, days: 1", 0.0)],
)
def test_lateness_that_is_not_allowed_or_costs_nothing(tmp_path: Path, bank: Bank, policy: str, share: float) -> None:
    found = load_assignment(written(tmp_path, LATE.replace("percent: 20, days: 2", policy)), bank)
    assert found.share(Submitted(Student("a"), tmp_path, (), late=True)) == share


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("title: x\n", "no assignment; expected a file that begins with 'assignment: 1'"),
        ("assignment: 2\ntitle: x\nquestions: [a]\n", "hw.yaml:1:13: came 2, expected"),
        ("assignment: 1\ntitle: x\n", "expected either `questions`"),
        ("assignment: 1\ntitle: x\nblueprint: two.yaml\n", "wants `secret_file`"),
        (f"{SAME}secret_file: secret.txt\n", "hw.yaml:5:14: `questions` name their seeds"),
        (f"{SAME}late: {{percent: 20, days: 2}}\n", "`late` wants `due`"),
        (f"{SAME}due: tomorrow\n", "hw.yaml:5:6: came 'tomorrow', expected a day and time with the zone"),
        (f"{SAME}due: 2027-01-18 10:00\n", "without a zone"),
        (f"{SAME}dew: 1\n", "hw.yaml:5:1: unknown field 'dew'. Did you mean 'due'"),
        (SAME.replace("@3", ""), "hw.yaml:4:5: came 'convolution.output-size', expected a question with its seed"),
        (SAME.replace("size@3", "sise@3"), "hw.yaml:4:5: there is no question 'convolution.output-sise'"),
        (f"{SAME}marks: {{convolution.size: 2}}\n", "does not ask 'convolution.size'"),
        (f"{SAME}marks: {{convolution.output-size: {{b: 2}}}}\n", "has no part 'b'; its parts: a"),
        (f"{SAME}marks: {{convolution.output-size: 0}}\n", "hw.yaml:5:"),
        (OWN.replace("secret.txt", "two.yaml"), "two.yaml: no secret; expected hexadecimal digits"),
        (OWN.replace("secret.txt", "none.txt"), "none.txt: no such file"),
        (OWN.replace("two.yaml", "three"), "there is no blueprint 'three'"),
    ],
)
def test_faults(tmp_path: Path, bank: Bank, text: str, said: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(ChainruleError) as caught:
        load_assignment(path, bank)
    assert said in str(caught.value)
    assert SECRET not in str(caught.value)


def test_a_short_secret_is_refused(tmp_path: Path, bank: Bank) -> None:
    path = written(tmp_path, OWN)
    (tmp_path / "secret.txt").write_text("abcdef", encoding="utf-8")
    with pytest.raises(ChainruleError, match="has 3 bytes, expected at least 16"):
        load_assignment(path, bank)


def test_a_quiz_that_is_not_whole_is_refused(tmp_path: Path, bank: Bank) -> None:
    path = tmp_path / "quiz.yaml"
    write_quiz(path, load_assignment(written(tmp_path, SAME), bank).quiz_for("a"))
    path.write_text(path.read_text(encoding="utf-8").replace("output-size", "gone"), encoding="utf-8")
    with pytest.raises(ChainruleError, match="An assignment must be whole"):
        load_assignment(path, bank)
