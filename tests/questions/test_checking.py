"""Checks side by side and from store: nothing known is checked again, and whatever changed is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from families import COUNT, HEAD

from chainrule import cli
from chainrule.options import Exit
from questions import case_store, report_store, solution_sources
from questions.bank import load_bank
from questions.checking import check_families

GOOD = HEAD + COUNT
WRONG = GOOD.replace("*(c*k**2 + 1)", "*(c*k**2 + 2)")


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(case_store.VARIABLE, str(tmp_path / "cache"))
    return tmp_path / "cache"


def bank_of(folder: Path, **texts: str) -> Path:
    (folder / "nn").mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / "nn" / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def kept(folder: Path, *, seeds: int = 3, again: bool = False, jobs: int = 1) -> dict[str, bool]:
    bank = load_bank([folder])
    found = check_families(bank, list(bank.families), range(seeds), folders=[folder], again=again, jobs=jobs)
    return {each.report.family: each.kept for each in found}


def test_a_report_that_is_known_is_not_made_again(tmp_path: Path) -> None:
    folder = bank_of(tmp_path / "bank", a=GOOD, b=GOOD + "# another file\n")
    assert kept(folder) == {"nn.a": False, "nn.b": False}
    assert kept(folder) == {"nn.a": True, "nn.b": True}
    assert kept(folder, again=True) == {"nn.a": False, "nn.b": False}
    assert kept(folder, seeds=4) == {"nn.a": False, "nn.b": False}
    bank_of(folder, a=GOOD + "# changed\n")
    assert kept(folder) == {"nn.b": True, "nn.a": False}


def test_a_known_report_says_what_it_said(tmp_path: Path) -> None:
    folder = bank_of(tmp_path / "bank", a=GOOD)
    bank = load_bank([folder])
    first, second = (next(iter(check_families(bank, ["nn.a"], range(5)))) for _ in range(2))
    assert second.kept and not first.kept
    assert second.report == first.report
    assert first.report.variants >= 2


def test_broken_promises_are_never_kept(tmp_path: Path) -> None:
    folder = bank_of(tmp_path / "bank", a=WRONG)
    bank = load_bank([folder])
    for _ in range(2):
        (each,) = check_families(bank, ["nn.a"], range(3))
        assert not each.kept and each.report.broken


def test_damage_is_no_report(tmp_path: Path, own_cache: Path) -> None:
    folder = bank_of(tmp_path / "bank", a=GOOD)
    kept(folder)
    (file,) = (own_cache / "reports").glob("*.json")
    for damage in ("", "[]", "{}", '{"family": "nn.a"', "\udc80"):
        file.write_text(damage, encoding="utf-8", errors="surrogateescape")
        assert kept(folder) == {"nn.a": False}


def test_a_changed_module_of_solutions_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import solutions

    home = tmp_path / "solutions"
    home.mkdir()
    (home / "first.py").write_text("from solutions.second import f\n", encoding="utf-8")
    (home / "second.py").write_text("f = 1\n", encoding="utf-8")
    (home / "other.py").write_text("g = 1\n", encoding="utf-8")
    monkeypatch.setattr(solutions, "__file__", str(home / "__init__.py"))

    def name() -> str:
        for kept in (solution_sources._digest, solution_sources._imported):
            kept.cache_clear()
        return report_store.name_of("oracle: first.check", range(3))

    before = name()
    (home / "other.py").write_text("g = 2\n", encoding="utf-8")
    assert name() == before
    (home / "second.py").write_text("f = 2\n", encoding="utf-8")
    assert name() != before


def test_side_by_side_finds_the_same(tmp_path: Path) -> None:
    folder = bank_of(tmp_path / "bank", **{f"q{i}": f"{GOOD}# {i}\n" for i in range(9)}, bad=WRONG)
    bank = load_bank([folder])
    ids = list(bank.families)
    one, two = (
        {
            each.report.family: each.report
            for each in check_families(bank, ids, range(3), folders=[folder], jobs=jobs, again=True)
        }
        for jobs in (1, 2)
    )
    assert one == two
    assert [id for id, report in one.items() if report.broken] == ["nn.bad"]


def test_the_command_says_what_was_known(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = bank_of(tmp_path / "bank", a=GOOD)
    words = ["--bank", str(folder), "bank", "check"]
    assert cli.run(words) == Exit.OK
    assert "questions: 1, variants" in capsys.readouterr().out
    assert cli.run(words) == Exit.OK
    assert "questions: 1 (1 known from before), variants" in capsys.readouterr().out
    assert cli.run([*words, "--again", "--json"]) == Exit.OK
    (record,) = json.loads(capsys.readouterr().out)
    assert record["known"] is False and record["variants"] >= 2


def test_a_slow_family_is_checked_with_fewer_seeds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = bank_of(tmp_path / "bank", a=GOOD + "seeds: 20\n", b=GOOD)
    bank = load_bank([folder])
    for jobs in (1, 2):
        found = check_families(bank, list(bank.families), range(30), folders=[folder], again=True, jobs=jobs)
        assert {each.report.family: len(each.report.seeds) for each in found} == {"nn.a": 20, "nn.b": 30}
    assert cli.run(["bank", "check", "--bank", str(folder), "--seeds", "30"]) == Exit.OK
    told = " ".join(capsys.readouterr().out.split())
    assert "variants of each: 30 (slow ones have fewer: nn.a 20)" in told
    assert cli.run(["bank", "check", "--bank", str(folder), "--seeds", "20"]) == Exit.OK
    assert "fewer" not in capsys.readouterr().out


def test_a_file_that_does_not_load_counts_where_it_is_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = bank_of(tmp_path / "bank", a=GOOD, b="title: half\n")
    assert cli.run(["bank", "check", "nn.a", "--bank", str(folder)]) == Exit.OK
    assert cli.run(["bank", "check", "--bank", str(folder)]) == Exit.NOT_RIGHT
    assert "files not loaded: 1" in capsys.readouterr().out
    assert cli.run(["bank", "check", "nn.b", "--bank", str(folder)]) != Exit.OK
