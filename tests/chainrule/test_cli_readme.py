"""What the README shows is what happens: its session, its question, its exit codes."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from chainrule.cli import COMMANDS, EPILOG
from questions.authoring import preview

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
SESSION = re.findall(r"```console\n(\$ .*?)```", README, re.DOTALL)[0]
EXCHANGES = re.findall(r"^\$ chainrule (.*)\n((?:(?!\$ ).*\n)*)", SESSION, re.MULTILINE)


@pytest.mark.parametrize(("line", "shown"), EXCHANGES, ids=[line for line, _ in EXCHANGES])
def test_the_session_is_real(line: str, shown: str, tmp_path: Path) -> None:
    typed = "".join(f"{answer}\n" for answer in re.findall(r"^> (.*)$", shown, re.MULTILINE))
    environment = {**os.environ, "HOME": str(tmp_path), "PYTHONPATH": str(ROOT)}
    environment.pop("XDG_STATE_HOME", None)
    done = subprocess.run(
        [sys.executable, "-P", "-m", "chainrule", *shlex.split(line)],
        input=typed,
        capture_output=True,
        text=True,
        env=environment,
        cwd=tmp_path,
    )
    # On a busy machine a proof may not be done in time; the verdict is the same.
    assert done.stdout.replace("Evidence: sampled", "Evidence: proved") == shown, done.stderr


def test_there_is_a_session() -> None:
    assert len(EXCHANGES) == 2


def test_the_question_keeps_its_promises(tmp_path: Path) -> None:
    text = re.findall(r"```yaml\n(.*?)```", README, re.DOTALL)[0]
    path = tmp_path / "mine" / "penalty.yaml"
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    found = preview(path)
    assert (found.faults, found.broken) == ((), ())
    assert found.id == "mine.penalty"
    assert {answer for variant in found.variants for answer in variant.answers} == {
        "X.T @ (X @ w - y) + c * w",
        "X.T @ (X @ w - y) + c * (w / sqrt(1 + w**2))",
    }


def test_every_command_is_listed() -> None:
    for name in COMMANDS:
        assert f"`chainrule {name}" in README


def test_readme_and_help_name_the_same_exit_codes() -> None:
    in_help = re.findall(r"^ +(\d+)  (.*)$", EPILOG, re.MULTILINE)
    in_readme = re.findall(r"^\| (\d+) \| (.*) \|$", README, re.MULTILINE)
    assert in_help == in_readme
