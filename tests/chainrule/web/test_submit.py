"""`chainrule submit` against a server that listens: verdicts as `grade` says them, each answer handed in once."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from web_server import serving

from chainrule.cli import run
from chainrule.quiz import Quiz
from chainrule.quizfile import write_quiz
from chainrule.web.own_token import own_token
from chainrule.web.people import OWNER
from chainrule.web.site import Site
from chainrule.web.sitting import begin, running
from questions.bank import shipped_folder

FAMILY = "convolution.output-size"
CODE = "layers.softmax-backward"
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def server(app: Flask) -> Iterator[str]:
    with serving(app) as address:
        yield address


@pytest.fixture
def token(alone: Site, tmp_path: Path) -> Path:
    path = tmp_path / "token"
    path.write_text(own_token(alone.secret) + "\n")
    return path


@pytest.fixture
def own_bank(tmp_path: Path) -> Path:
    """A bank that is read in no time: the questions that these tests ask."""
    for family in (FAMILY, CODE):
        topic, name = family.split(".")
        (tmp_path / "bank" / topic).mkdir(parents=True, exist_ok=True)
        shutil.copy(shipped_folder() / topic / f"{name}.yaml", tmp_path / "bank" / topic)
    return tmp_path / "bank"


@pytest.fixture
def submit(server: str, token: Path, own_bank: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs the command; exit code, output and complaints."""

    def submitted(*words: str | Path) -> tuple[int, str, str]:
        options = ["--server", server, "--token-file", token, "--bank", own_bank]
        code = run(["submit", *map(str, [*words, *options])])
        return code, *capsys.readouterr()

    return submitted


def quiz_file(alone: Site, path: Path, *answers: str) -> Path:
    """A quiz of one question with several values, each with its answer; `right` stands for the right one."""
    variants = [alone.bank.family(FAMILY).draw(seed) for seed in range(len(answers))]
    typed = [
        variant.parts[0].answer_text if text == "right" else text
        for text, variant in zip(answers, variants, strict=True)
    ]
    write_quiz(path, Quiz("Mine", 1, tuple(variants)), {(i, "a"): text for i, text in enumerate(typed, 1)})
    return path


def test_a_quiz_is_judged_there(alone: Site, submit: Run, tmp_path: Path) -> None:
    code, out, err = submit(quiz_file(alone, tmp_path / "quiz.yaml", "right", "-1", "3 +", ""))
    assert code == 1, err
    assert [line.split()[2] for line in out.splitlines()[1:5]] == ["right", "wrong", "unreadable", "unanswered"]
    assert out.splitlines()[-1].startswith("1 of 4 marks")
    assert [one.outcome for one in alone.store.judged()] == ["right", "wrong"]


def test_all_right_is_success(alone: Site, submit: Run, tmp_path: Path) -> None:
    code, out, _ = submit(quiz_file(alone, tmp_path / "quiz.yaml", "right"), "--json")
    assert code == 0
    assert json.loads(out)["earned"] == 1


def test_what_is_submitted_again_counts_once(alone: Site, submit: Run, tmp_path: Path) -> None:
    path = tmp_path / "quiz.yaml"
    submit(quiz_file(alone, path, "right", "-1"))
    submit(quiz_file(alone, path, "right", "-1"))
    assert len(alone.store.judged()) == 2
    submit(quiz_file(alone, path, "right", "right"))
    assert [one.outcome for one in alone.store.judged()] == ["right", "wrong", "right"]
    assert len(alone.store.items()) == 2
    submit(quiz_file(alone, path, "right", "right"), "--again")
    assert len(alone.store.judged()) == 5 and len(alone.store.items()) == 4


def test_a_question_that_the_server_has_in_another_version_is_told(
    alone: Site, submit: Run, own_bank: Path, tmp_path: Path
) -> None:
    path = quiz_file(alone, tmp_path / "quiz.yaml", "right")
    with (own_bank / f"{FAMILY.replace('.', '/')}.yaml").open("a") as file:
        file.write("# changed\n")
    code, _, err = submit(path)
    assert code == 2 and "has another version of it" in err
    assert alone.store.judged() == ()


def test_code_for_a_question(alone: Site, submit: Run, tmp_path: Path) -> None:
    path = tmp_path / "softmax.py"
    path.write_text(alone.bank.family(CODE).draw(3).parts[0].answer_text)
    code, out, err = submit(path, "--question", f"{CODE}@3")
    assert (code, err) == (0, "") and "Right in all" in out
    (item,) = alone.store.items()
    assert item.seed == 3
    code, out, _ = submit(path, "--item", item.id, "--json")
    assert code == 0 and json.loads(out)["item"] == item.id
    assert len(alone.store.judged()) == 1


def test_text_for_a_question(alone: Site, submit: Run, tmp_path: Path) -> None:
    path = tmp_path / "answer.txt"
    path.write_text("-3")
    assert submit(path, "--question", f"{FAMILY}@3")[0] == 1
    code, _, err = submit(path, "--question", f"{FAMILY}@3", "--part", "z")
    assert code == 2 and "no part 'z'" in err


def test_an_exam_is_written_filled_in_and_handed_in(alone: Site, submit: Run, tmp_path: Path) -> None:
    exam = begin(alone, OWNER, "ten-minutes")
    path = tmp_path / "exam.yaml"
    assert submit(path, "--exam", exam.id.lower(), "--blank")[0] == 0
    code, _, err = submit(path, "--exam", exam.id, "--blank")
    assert code == 2 and "is there already" in err
    text = path.read_text()
    assert text.count("answer:\n") == len(running(alone, exam).places)
    path.write_text(text.replace("answer:\n", "answer: 1/2\n", 1))
    code, out, err = submit(path, "--exam", exam.id)
    assert code == 0, err
    assert "1 answers are kept" in out
    assert [draft.answer for draft in alone.store.drafts(exam.id).values()] == ["1/2"]
    code, out, _ = submit(path, "--exam", exam.id, "--hand-in")
    assert code == 1 and "unanswered" in out
    assert alone.store.ending(exam.id) is not None
    code, _, err = submit(path, "--exam", exam.id)
    assert code == 2 and "is over" in err


def test_a_wrong_token_is_told_and_never_shown(
    server: str, own_bank: Path, alone: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    path = quiz_file(alone, tmp_path / "quiz.yaml", "right")
    monkeypatch.setenv("CHAINRULE_TOKEN", "chainrule_wrong")
    assert run(["submit", str(path), "--server", server, "--bank", str(own_bank)]) == 2
    shown = "".join(capsys.readouterr())
    assert "the token is not known there" in shown and "chainrule_wrong" not in shown
    monkeypatch.delenv("CHAINRULE_TOKEN")
    assert run(["submit", str(path), "--server", server, "--bank", str(own_bank)]) == 2
    assert "a token is needed" in capsys.readouterr().err
