"""The command: what it refuses, what it says, and what it leaves out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from published import few, quiz_file, small_bank

from chainrule.cli import run
from chainrule.quizfile import write_quiz

ONE, TWO = "convolution.output-size@7", "layers.softmax-cross-entropy@1"


@pytest.fixture
def words(tmp_path: Path) -> list[str]:
    return ["--bank", str(small_bank(tmp_path / "bank", ONE, TWO)), "publish", "moodle"]


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ([], "which questions?"),
        (["--question", ONE, "--family", "convolution.output-size"], "exclude each other"),
        (["--question", ONE, "--sheet", "layers"], "--sheet goes with anki"),
        (["--question", ONE, "--no-checks"], "--no-checks goes with notebook, not with moodle"),
        (["--question", ONE, "--visibility", "hidden"], "--visibility goes with gradescope and gradescope-results"),
        (["--question", "convolution.output-sise@7"], "did you mean 'convolution.output-size'"),
        (["--question", "convolution.output-size@x"], "expected a whole number"),
        (["missing.yaml"], "missing.yaml: no such file"),
    ],
)
def test_what_does_not_go_together_is_refused_with_a_remedy(
    words: list[str], more: list[str], says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*words, *more, "--out", str(tmp_path / "out.xml")]) == 2
    assert says in capsys.readouterr().err and not (tmp_path / "out.xml").exists()


def test_a_notebook_has_a_name_that_jupyter_knows(
    words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    named = [*words[:-1], "notebook", "--question", ONE, "--out"]
    assert run([*named, str(tmp_path / "out.xml")]) == 2
    assert "ends in .ipynb" in capsys.readouterr().err and not (tmp_path / "out.xml").exists()
    assert run([*named, str(tmp_path / "out.ipynb")]) == 0


def test_it_says_what_was_written_and_what_is_judged_otherwise(
    words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "new" / "out.xml"
    assert run([*words, str(quiz_file(tmp_path, ONE, TWO)), "--out", str(out), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["questions"] == 2 and told["files"] == [{"file": str(out), "bytes": out.stat().st_size}]
    assert [one["question"] for one in told["remarks"]] == ["layers.softmax-cross-entropy@1.a"]
    assert run([*words, "--question", TWO, "--out", str(tmp_path / "other.xml")]) == 0
    assert "formulas cannot be compared there" in " ".join(capsys.readouterr().out.split())


def test_a_file_that_exists_is_kept(words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out.xml"
    out.write_text("mine", encoding="utf-8")
    assert run([*words, "--question", ONE, "--out", str(out)]) == 2
    assert out.read_text(encoding="utf-8") == "mine" and "--force" in capsys.readouterr().err
    assert run([*words, "--question", ONE, "--out", str(out), "--force"]) == 0
    assert out.read_bytes().startswith(b"<?xml")
    assert run([*words, "--question", ONE, "--out", str(tmp_path)]) == 2


def test_a_question_that_was_changed_stops_it_or_is_left_out(
    words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    quiz = quiz_file(tmp_path, ONE, TWO)
    file = tmp_path / "bank" / "convolution" / "output-size.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("draw:\n", "draw:\n  extra: {integer: [1, 9]}\n", 1), encoding="utf-8")
    out = tmp_path / "out.xml"
    assert run([*words, str(quiz), "--out", str(out)]) == 2
    assert "changed since" in capsys.readouterr().err and not out.exists()
    assert run([*words, str(quiz), "--out", str(out), "--skip-changed", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["questions"] == 1 and "convolution.output-size" in told["lost"][0]
    results = [*words[:-1], "gradescope-results", str(quiz), "--out", str(tmp_path / "results.json")]
    assert run(results) == 2
    assert "--skip-changed" in capsys.readouterr().err and not (tmp_path / "results.json").exists()
    assert run([*results, "--skip-changed"]) == 0


def test_the_same_variant_twice_is_exported_once(
    words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    quiz = few(ONE).quiz
    write_quiz(tmp_path / "twice.yaml", type(quiz)("Twice", 1, quiz.items * 2))
    assert run([*words, str(tmp_path / "twice.yaml"), "--out", str(tmp_path / "out.xml"), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["questions"] == 1 and told["left_out"][0]["question"] == "question 2"


def test_a_question_without_so_many_variants_says_so(
    words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    more = [
        "--family",
        "layers.softmax-cross-entropy",
        "--variants",
        "50",
        "--out",
        str(tmp_path / "out.xml"),
        "--json",
    ]
    assert run([*words, *more]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["questions"] < 50 and "different variants" in told["left_out"][0]["why"]
    assert told["left_out"][0]["question"] == "layers.softmax-cross-entropy"
