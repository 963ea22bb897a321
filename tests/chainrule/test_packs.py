"""Banks beside the shipped one: added by hand, or installed; ids never clash in silence."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from chainrule import cli, packs
from chainrule.options import Exit
from grader.errors import AuthorError

QUESTION = """
title: Twice
course: [supervised.gradient-descent]
source: "nobody"
draw: {n: {integer: [3, 90]}}
prompt: What is twice {n}?
answer: {integer: "2*n"}
mistakes: [{name: once, key: "n", says: "That is once."}]
"""


def pack(folder: Path, topic: str = "mine", name: str = "twice") -> Path:
    (folder / topic).mkdir(parents=True)
    (folder / topic / f"{name}.yaml").write_text(QUESTION)
    return folder


def test_an_added_bank_stands_beside_the_shipped_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = str(pack(tmp_path / "pack"))
    for id in ("mine.twice", "layers.softmax-backward"):
        assert cli.run(["show", id, "--add-bank", folder]) == Exit.OK
    assert cli.run(["show", "layers.softmax-backward", "--bank", folder]) == Exit.USAGE
    capsys.readouterr()


def test_two_files_of_one_id_are_told_and_the_first_stays(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = str(pack(tmp_path / "pack", "layers", "softmax-backward"))
    assert cli.run(["topics", "--add-bank", folder]) == Exit.OK
    assert "the id layers.softmax-backward is taken by" in capsys.readouterr().err


def test_installed_banks_are_read_without_importing_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pack(tmp_path / "our_questions")
    (tmp_path / "our_questions" / "__init__.py").write_text("raise RuntimeError('imported')")
    info = tmp_path / "our_questions-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: our-questions\nVersion: 1\n")
    (info / "entry_points.txt").write_text("[chainrule.banks]\nours = our_questions\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    assert packs.installed_banks() == [tmp_path / "our_questions"]
    assert cli.run(["show", "mine.twice"]) == Exit.OK
    assert "Twice" in capsys.readouterr().out
    assert "our_questions" not in sys.modules
    (info / "entry_points.txt").write_text("[chainrule.banks]\nours = no_such_questions\n")
    with pytest.raises(AuthorError, match="the installed bank 'ours'"):
        packs.installed_banks()
