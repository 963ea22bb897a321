"""A question that asks for code in several parts: which one is meant is said, never guessed."""

from __future__ import annotations

from pathlib import Path

import pytest

from chainrule.cli import run
from questions.bank import load_bank

QUESTION = "generative.autoregressive-code"


def test_one_of_several_parts_has_to_be_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    parts = [part for part in load_bank().family(QUESTION).draw(3).parts if part.kind == "code"]
    assert len(parts) == 2
    file = tmp_path / "mine.py"
    for part in parts:
        file.write_text(part.answer_text, encoding="utf-8")
        assert run(["grade", str(file), "--question", QUESTION, "--seed", "3"]) == 2
        assert f"asks for code in {parts[0].id}, {parts[1].id}; name one of them with --part" in capsys.readouterr().err
        assert run(["grade", str(file), "--question", QUESTION, "--seed", "3", "--part", part.id]) == 0
    assert run(["grade", str(file), "--question", QUESTION, "--part", "third"]) == 2


def test_a_starter_for_one_part_says_how_to_grade_it(capsys: pytest.CaptureFixture[str]) -> None:
    (first, second) = (part.id for part in load_bank().family(QUESTION).draw(0).parts if part.kind == "code")
    assert run(["starter", QUESTION]) == 2
    assert run(["starter", QUESTION, "--part", second]) == 0
    told = capsys.readouterr().out
    assert f"--part {second}" in told and f"--part {first}" not in told
    assert run(["starter", "layers.softmax-backward"]) == 0
    assert "--part" not in capsys.readouterr().out
