"""`chainrule quiz`, `grade` and `check` as typed: where answers are kept, what to type next, exit codes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
QUIZ = ("quiz", "--question", "convolution.output-size", "--seed", "1")
FAMILY = ROOT / "questions" / "convolution" / "output-size.yaml"


def run(home: Path, *words: str, typed: str = "") -> tuple[int, str, str]:
    environment = {**os.environ, "HOME": str(home), "PYTHONPATH": str(ROOT)}
    environment.pop("XDG_STATE_HOME", None)
    done = subprocess.run(
        [sys.executable, "-P", "-m", "chainrule", *words],
        input=typed,
        capture_output=True,
        text=True,
        env=environment,
        cwd=home,
    )
    return done.returncode, done.stdout, done.stderr


def kept_in(home: Path) -> list[str]:
    return sorted(path.name for path in home.rglob("quiz-*.yaml"))


def test_a_second_quiz_with_the_same_seed_leaves_the_first_file(tmp_path: Path) -> None:
    assert "kept in" not in run(tmp_path, *QUIZ, typed="q\n")[1]
    assert kept_in(tmp_path) == []
    run(tmp_path, *QUIZ, typed="1111\nq\n")
    [first] = tmp_path.rglob("quiz-1.yaml")
    before = first.read_text(encoding="utf-8")
    assert "kept in" not in run(tmp_path, *QUIZ, typed="q\n")[1]
    _, shown, _ = run(tmp_path, *QUIZ, typed="2222\nq\n")
    assert "quiz-1-2.yaml; go on: chainrule quiz --resume ~/" in shown
    assert kept_in(tmp_path) == ["quiz-1-2.yaml", "quiz-1.yaml"]
    assert first.read_text(encoding="utf-8") == before
    _, shown, _ = run(tmp_path, "quiz", "--resume", str(first), typed="3333\nq\n")
    assert "Your answer so far: 1111" in shown
    assert "3333" in first.read_text(encoding="utf-8")
    assert kept_in(tmp_path) == ["quiz-1-2.yaml", "quiz-1.yaml"]


def test_the_bank_stands_in_what_to_type_next(tmp_path: Path) -> None:
    (tmp_path / "own bank" / "mine").mkdir(parents=True)
    (tmp_path / "own bank" / "mine" / "size.yaml").write_text(FAMILY.read_text(encoding="utf-8"), encoding="utf-8")
    words = ("quiz", "--bank", "own bank", "--question", "mine.size", "--seed", "1", "--save", "mine.yaml", "--ask")
    _, shown, err = run(tmp_path, *words, typed="q\n")
    assert "Grade it with: chainrule grade --bank 'own bank' mine.yaml" in shown, err
    assert "go on: chainrule quiz --bank 'own bank' --resume mine.yaml" in shown
    code, _, err = run(tmp_path, "grade", "mine.yaml")
    assert code == 2
    assert "Questions of your own need --bank DIR" in err


def test_progress_is_not_told_to_a_file(tmp_path: Path) -> None:
    program = "from chainrule.terminal import progress\nwith progress('grading') as advance: advance(1, 12)\n"
    done = subprocess.run([sys.executable, "-P", "-c", program], capture_output=True, text=True, cwd=ROOT,
                          env={**os.environ, "PYTHONPATH": str(ROOT)})  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("p", "p"), "KEY 'p': `p` is not declared; declare it: --symbol p (a number), --symbol p:N"),
        (("q*p", "p", "--symbol", "p:N"), "ANSWER 'q*p': `q` is not declared; declare it: --symbol q"),
    ],
)
def test_check_says_how_a_name_is_declared(words: tuple[str, ...], says: str, tmp_path: Path) -> None:
    code, _, err = run(tmp_path, "check", *words)
    assert code == 2
    assert says in err
    assert "not a name of this question" not in err
