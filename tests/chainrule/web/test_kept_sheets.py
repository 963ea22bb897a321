"""Sheets on disk: kept by what they come from, damaged ones made anew, only so many."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from chainrule.web import kept_sheets
from chainrule.web.kept_sheets import KeptSheets
from chainrule.web.sheet_pieces import Pieces

BANK = Path(__file__).parent / "private_bank"
SHEET = Pieces("hidden", "Hidden", "<p>head</p>", "", "<p>∂</p>", "", "", "", "0")


@pytest.fixture
def bank(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A bank of its own; what is kept lies in `cache` beside it."""
    monkeypatch.setenv("CHAINRULE_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(kept_sheets, "HOMES", ())  # the program itself is large, and does not change here
    return Path(shutil.copytree(BANK, tmp_path / "bank"))


def files(bank: Path) -> list[Path]:
    return list((bank.parent / "cache" / "sheets").iterdir())


def test_a_kept_sheet_is_there_after_a_restart(bank: Path) -> None:
    KeptSheets([bank]).save(SHEET)
    assert KeptSheets([bank]).load("hidden") == SHEET
    assert KeptSheets([bank]).load("other") is None
    assert KeptSheets([BANK, bank]).load("hidden") is None


def test_where_the_bank_has_changed_it_is_made_anew(bank: Path) -> None:
    kept = KeptSheets([bank])
    kept.save(SHEET)
    (bank / "more.yaml").write_text("title: more\n", encoding="utf-8")
    assert KeptSheets([bank]).load("hidden") is None
    files(bank)[0].unlink()
    kept.save(SHEET)  # it began before the change
    assert files(bank) == []


def test_where_the_program_has_changed_it_is_made_anew(bank: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_sheets, "HOMES", (str(shutil.copytree(BANK, bank.parent / "program")),))
    KeptSheets([bank]).save(SHEET)
    assert KeptSheets([bank]).load("hidden") == SHEET
    with monkeypatch.context() as others:
        others.setattr(kept_sheets, "package_version", lambda _: "9")
        assert KeptSheets([bank]).load("hidden") is None
    (bank.parent / "program" / "new.py").touch()
    assert KeptSheets([bank]).load("hidden") is None


def test_a_damaged_file_is_no_sheet(bank: Path) -> None:
    kept = KeptSheets([bank])
    kept.save(SHEET)
    [path] = files(bank)
    whole = path.read_text(encoding="utf-8")
    for damaged in ("", "[]", "{}", '{"pieces": 3}', whole[:-9], whole.replace("head", "tail")):
        path.write_text(damaged, encoding="utf-8")
        assert kept.load("hidden") is None
    kept.save(SHEET)
    assert kept.load("hidden") == SHEET


def test_only_the_newest_are_kept(bank: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_sheets, "MOST", 2)
    kept = KeptSheets([bank])
    for topic in ("a", "b"):
        kept.save(replace(SHEET, topic=topic))
        for file in files(bank):
            os.utime(file, (0, file.stat().st_mtime - 60))
    assert kept.load("a") is not None  # which makes it newer than b
    kept.save(replace(SHEET, topic="c"))
    assert [kept.load(topic) is not None for topic in ("a", "b", "c")] == [True, False, True]
    assert len(files(bank)) == 2


def test_where_nothing_can_be_written_nothing_is_kept(bank: Path) -> None:
    (bank.parent / "cache").write_text("a file", encoding="utf-8")
    KeptSheets([bank]).save(SHEET)
    assert KeptSheets([bank]).load("hidden") is None
