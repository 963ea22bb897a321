"""What is stored under a digest of sources: each file that decides it changes the digest, the folder does not."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from chainrule.bulk import keys
from chainrule.web import kept_sheets
from questions import report_store

Digest = Callable[[], object]
ENGINE = {"grader/a.py", "grader/deep/b.py", "questions/c.py", "questions/conventions.yaml"}
JUDGING = {"chainrule/grading.py", "chainrule/judging_apart.py"}
REFERENCES = {"solutions/d.py", "solutions/trained/e.py"}
BANK = {"questions/bank/nn/f.yaml"}
SHEETS = {"chainrule/web/g.py", "chainrule/blueprints/h.yaml", "templates/i.html"}
FILES = sorted(ENGINE | JUDGING | REFERENCES | BANK | SHEETS)
STORED: dict[str, tuple[Any, Digest, set[str]]] = {
    "judgements": (keys, keys.grader_version.__wrapped__, ENGINE | JUDGING | REFERENCES),
    "reports": (report_store, report_store._engine.__wrapped__, ENGINE),
    "sheets": (kept_sheets, lambda: kept_sheets._content(None), set(FILES)),
}


def project(home: Path) -> Path:
    for name in FILES:
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(name, encoding="utf-8")
    return home


@pytest.mark.parametrize("what", STORED)
def test_every_file_that_decides_it_is_seen_and_no_other(
    what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module, digest, decide = STORED[what]
    home = project(tmp_path)
    monkeypatch.setattr(module, "ROOT", home)
    before, changed = digest(), set()
    for name in FILES:
        (home / name).write_text("other", encoding="utf-8")
        if digest() != before:
            changed.add(name)
        (home / name).write_text(name, encoding="utf-8")
        assert digest() == before
    assert changed == decide


@pytest.mark.parametrize("what", STORED)
def test_where_the_project_lies_changes_nothing(what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module, digest, _ = STORED[what]
    monkeypatch.setattr(module, "ROOT", project(tmp_path / "one"))
    before = digest()
    other = shutil.move(tmp_path / "one", tmp_path / "another place")
    monkeypatch.setattr(module, "ROOT", Path(other))
    assert digest() == before


@pytest.mark.parametrize("what", STORED)
def test_another_version_of_a_package_is_seen(what: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    module, digest, _ = STORED[what]
    monkeypatch.setattr(module, "ROOT", project(tmp_path))
    found = []
    for one in ("", *module.PACKAGES):
        monkeypatch.setattr(module, "package_version", lambda name, one=one: "9" if name == one else "1")
        found.append(digest())
    assert all(other != found[0] for other in found[1:])


def test_the_files_named_are_there() -> None:
    found = {file.relative_to(keys.ROOT).as_posix() for file in keys._sources(keys.ROOT)}
    assert found >= {*JUDGING, "questions/conventions.yaml", "questions/family.py", "grader/verdict.py"}
    assert all((kept_sheets.ROOT / name).is_dir() for name in kept_sheets.HOMES)
    assert (report_store.ROOT / "questions" / "report_store.py").is_file()
