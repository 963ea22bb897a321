"""The autograder: its bundle run as Gradescope runs it, on submissions of every sort."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import zipfile
from dataclasses import asdict
from functools import cache
from pathlib import Path

import pytest
from gradescope_rules import Results
from published import bank, few, small_bank

from chainrule.bulk.records import Result
from chainrule.cli import run
from chainrule.publishing.gradescope import bundle
from chainrule.publishing.gradescope_json import output_html, results_json, told_of
from chainrule.publishing.gradescope_run import grade_submission
from chainrule.publishing.requirements import pinned
from chainrule.publishing.wheel import wheel, wheel_name
from chainrule.quizfile import write_quiz

ASKED = ("convolution.output-size@7", "layers.softmax-cross-entropy@1", "layers.softmax-backward@7")
HOSTILE = """\
import os, pathlib
def softmax_backward(s, g):
    found = []
    for place in ("/autograder", {home!r}, os.getcwd()):
        for path in pathlib.Path(place).rglob("*.yaml"):
            found.append(path.read_text())
    pathlib.Path({home!r}, "results", "results.json").write_text("forged")
    raise RuntimeError(str(found))
"""


@cache
def made() -> bytes:
    return bundle(few(*ASKED), bank(), "after_due_date", torch=True).content


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder as Gradescope lays it out, with an empty submission."""
    with zipfile.ZipFile(io.BytesIO(made())) as archive:
        archive.extractall(tmp_path / "source")
    for name in ("submission", "results"):
        (tmp_path / name).mkdir()
    return tmp_path


def right_answers(home: Path, **other: str) -> None:
    """Hands in right answers, or these by the family's name."""
    quiz = few(*ASKED).quiz
    answers = {}
    for number, variant in enumerate(quiz.items, start=1):
        (part,) = variant.parts
        name = variant.family.partition(".")[2].replace("-", "_")
        text = other.get(name, part.answer_text)
        if part.kind == "code":
            (home / "submission" / "code.py").write_text(text, encoding="utf-8")
        else:
            answers[number, part.id] = text
    write_quiz(home / "submission" / "answers.yaml", quiz, answers)


def results(home: Path) -> Results:
    text = (home / "results" / "results.json").read_text(encoding="utf-8")
    found = Results.model_validate_json(text)
    assert [test.number for test in found.tests] == ["1", "2", "3"]
    assert [test.max_score for test in found.tests] == [v.parts[0].marks for v in few(*ASKED).quiz.items]
    assert found.stdout_visibility == "hidden"
    assert all("<script" not in test.output for test in found.tests)
    return found


def test_the_scripts_run_it_where_no_file_of_the_submission_is_imported(home: Path) -> None:
    right_answers(home)
    for trap in ("json", "chainrule", "numpy"):
        (home / "submission" / f"{trap}.py").write_text("raise SystemExit('imported')", encoding="utf-8")
    with zipfile.ZipFile(io.BytesIO(made())) as archive:
        assert archive.getinfo("run_autograder").external_attr >> 16 & 0o111
    environment = {**os.environ, "AUTOGRADER_HOME": str(home), "CHAINRULE_PYTHON": sys.executable}
    script = str(home / "source" / "run_autograder")
    done = subprocess.run(["bash", script], env=environment, cwd=home / "submission", capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    found = results(home)
    assert found.total == sum(test.max_score or 0 for test in found.tests)
    assert {test.status for test in found.tests} == {"passed"} and found.visibility == "after_due_date"
    assert subprocess.run(["bash", "-n", str(home / "source" / "setup.sh")]).returncode == 0


def test_wrong_and_empty_answers_earn_nothing_and_tell_no_key(home: Path) -> None:
    right_answers(home, output_size="20", softmax_cross_entropy="z - t", softmax_backward="")
    grade_submission(home)
    found = results(home)
    assert found.total == 0
    told = " ".join(test.output for test in found.tests)
    assert "19" not in told and "softmax(z)" not in told and "the softmax is missing" in told
    assert "Not answered." in found.tests[2].output


def test_a_hostile_submission_reads_nothing_writes_nothing_and_costs_no_other_part(home: Path) -> None:
    right_answers(home, softmax_backward=HOSTILE.format(home=str(home)))
    (home / "submission" / "link").symlink_to("/etc/passwd")
    grade_submission(home)
    found = results(home)
    assert [test.status for test in found.tests] == ["passed", "passed", "failed"]
    assert "drawn" not in found.tests[2].output and "secret" not in found.tests[2].output


@pytest.mark.parametrize("there", [True, False])
def test_a_submission_with_nothing_in_it_is_graded_too(home: Path, there: bool) -> None:
    if not there:
        (home / "submission").rmdir()
    grade_submission(home)
    found = results(home)
    assert found.total == 0 and all("Not answered." in test.output for test in found.tests)


def test_the_bundle_holds_what_it_needs_and_is_the_same_each_time() -> None:
    with zipfile.ZipFile(io.BytesIO(made())) as archive:
        names = archive.namelist()
        listed = json.loads(archive.read("questions.json"))
        requirements = archive.read("requirements.txt").decode().splitlines()
        setup = archive.read("setup.sh").decode()
    assert {"setup.sh", "run_autograder", "quiz.yaml", f"wheels/{wheel_name()}"} <= set(names)
    assert [one["kind"] for one in listed] == ["integer", "formula", "code"]
    assert "answer" not in json.dumps(listed)
    assert any(line.startswith("numpy==") for line in requirements) and any("torch==" in line for line in requirements)
    assert not any("nvidia" in line for line in requirements) and "whl/cpu" in setup
    assert bundle(few(*ASKED), bank(), "after_due_date", torch=True).content == made()
    assert not any(line.startswith("torch==") for line in pinned(torch=False))


def test_with_wheels_nothing_is_fetched() -> None:
    made = bundle(few(ASKED[0]), bank(), "visible", torch=False, wheels={"numpy-1-py3-none-any.whl": b"x"})
    with zipfile.ZipFile(io.BytesIO(made.content)) as archive:
        setup = archive.read("setup.sh").decode()
        assert "wheels/numpy-1-py3-none-any.whl" in archive.namelist()
    assert "--no-index --find-links" in setup and "http" not in setup


def test_the_wheel_can_be_installed_and_is_what_runs_here(tmp_path: Path) -> None:
    path = tmp_path / wheel_name()
    path.write_bytes(wheel())
    options = [
        "--no-deps",
        "--no-index",
        "--quiet",
        "--no-compile",
        "--disable-pip-version-check",
        "--target",
        str(tmp_path / "site"),
    ]
    subprocess.run([sys.executable, "-P", "-m", "pip", "install", *options, str(path)], check=True)
    root = Path(__file__).resolve().parents[3]
    for package in ("chainrule", "questions"):
        ours = {
            p.relative_to(root) for p in (root / package).rglob("*") if p.is_file() and "__pycache__" not in p.parts
        }
        site = tmp_path / "site"
        theirs = {p.relative_to(site) for p in (site / package).rglob("*") if p.is_file() and p.suffix != ".pyc"}
        assert ours == theirs


def test_results_of_an_answered_quiz_and_of_a_graded_class(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    quiz = few(*ASKED[:2]).quiz
    write_quiz(tmp_path / "answered.yaml", quiz, {(1, "a"): "19", (2, "a"): "t - softmax(z)"})
    banks = ["--bank", str(small_bank(tmp_path / "bank", *ASKED[:2]))]
    words = [*banks, "publish", "gradescope-results"]
    assert run([*words, str(tmp_path / "answered.yaml"), "--out", str(tmp_path / "one.json")]) == 0
    one = Results.model_validate_json((tmp_path / "one.json").read_bytes())
    assert [test.status for test in one.tests] == ["passed", "failed"]
    assert one.tests[0].name == "Output size of a convolution" and one.tests[0].number == "1"
    lines = [result("ada", "right", 1.0), result("bob", "wrong", 0.0), result("bob", "partial", 0.5, number=2)]
    (tmp_path / "results.jsonl").write_text("".join(f"{json.dumps(asdict(one))}\n" for one in lines), encoding="utf-8")
    assert run([*words, str(tmp_path), "--out", str(tmp_path / "all")]) == 0
    assert sorted(path.name for path in (tmp_path / "all").iterdir()) == ["ada.json", "bob.json"]
    assert Results.model_validate_json((tmp_path / "all" / "bob.json").read_bytes()).total == 1
    capsys.readouterr()
    out = ["--out", str(tmp_path / "nobody.json")]
    assert run([*words, str(tmp_path / "results.jsonl"), "--student", "eve", *out]) == 2
    assert "no student 'eve'" in capsys.readouterr().err


def result(student: str, outcome: str, score: float, *, number: int = 1, **other: object) -> Result:
    return Result(student, number, "layers.x", "a", "formula", 2.0, outcome, score, **other)  # type: ignore[arg-type]


def test_everything_a_student_wrote_is_escaped_and_faults_are_told_in_general() -> None:
    shown = output_html(result("ada", "wrong", 0.0, reading="<b>x</b>", problem="<i>", remarks=("<u>",)))
    assert "<b>" not in shown and "&lt;b&gt;x&lt;/b&gt;" in shown and "<u>" not in shown
    told = output_html(result("ada", "wrong", 0.0, feedback=(("mistake", {"says": "It is `<b>`, **twice**."}),)))
    assert "<p>It is <code>&lt;b&gt;</code>, <strong>twice</strong>.</p>" in told
    broken = result("ada", "fault", 0.0, feedback=(("fault", {"what": "the key is 42"}),))
    assert "42" not in results_json(told_of([broken]))
