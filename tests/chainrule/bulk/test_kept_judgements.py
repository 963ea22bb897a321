"""Judgements on disk: whatever ends a run, those that were kept are there, once, and nothing half written counts."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from tricky_judge import right, task

from chainrule.bulk.kept import Kept
from chainrule.bulk.records import Judgement
from chainrule.files import InputError

KEYS = [task(str(number)).key for number in range(5)]
FAULT = {**right(), "outcome": "fault", "score": 0.0, "feedback": [{"code": "fault", "data": {"what": "it"}}]}
LONG = {**right(), "outcome": "undecided", "feedback": [{"code": "judging.too-long", "data": {"seconds": "1"}}]}


def one(number: int, reading: str = "") -> Judgement:
    return Judgement(KEYS[number], right(reading), 0.5)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "out" / "judged.jsonl"
    with Kept(path) as kept:
        kept.add([one(0, "α"), one(1)])
    return path


def test_what_was_kept_is_there_the_next_time(file: Path) -> None:
    with Kept(file) as kept:
        assert len(kept) == 2
        assert KEYS[0] in kept and KEYS[2] not in kept
        assert kept[KEYS[0]] == one(0, "α")
        kept.add([one(2)])
        assert kept[KEYS[2]] == one(2)
        assert [kept.earlier(key) for key in KEYS[:4]] == [True, True, False, False]


def test_a_key_is_kept_once(file: Path) -> None:
    with Kept(file) as kept:
        kept.add([one(0, "another"), one(3), one(3, "another")])
        assert kept[KEYS[0]].verdict["reading"] == "α"
        assert kept[KEYS[3]].verdict["reading"] == ""
    assert len(file.read_text().splitlines()) == 3


@pytest.mark.parametrize("cut", [1, 5, 60])
def test_a_torn_last_line_is_dropped_and_written_anew(file: Path, cut: int) -> None:
    os.truncate(file, file.stat().st_size - cut)
    with Kept(file) as kept:
        assert KEYS[0] in kept and KEYS[1] not in kept
        kept.add([one(1), one(2)])
    with Kept(file) as kept:
        assert len(kept) == 3 and kept.damaged == 0
        assert kept[KEYS[1]] == one(1)


def test_a_damaged_line_costs_itself_alone(file: Path) -> None:
    first, second = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(b"\0\0\0\n" + first + b'{"key": "zz"}\n[]\n' + second)
    with Kept(file) as kept:
        assert len(kept) == 2 and kept.damaged == 3
        assert kept[KEYS[1]] == one(1)


@pytest.mark.parametrize("change", [{"feedback": None}, {"outcome": "rigt"}, {"score": "1"}, {"level": ...}])
def test_half_a_verdict_is_damaged(file: Path, change: dict[str, object]) -> None:
    verdict = {name: value for name, value in (right() | change).items() if value is not ...}
    record = {"key": KEYS[2], "seconds": 1, "verdict": verdict}
    file.write_bytes(json.dumps(record).encode() + b"\n" + file.read_bytes())
    with Kept(file) as kept:
        assert len(kept) == 2 and kept.damaged == 1


def test_judging_anew_loses_nothing_before_something_is_judged(file: Path) -> None:
    before = file.read_bytes()
    with Kept(file, anew=True) as kept:
        kept.add([])
        assert len(kept) == 0 and file.read_bytes() == before
        kept.add([one(1, "anew")])
        assert kept[KEYS[1]] == one(1, "anew") and not kept.earlier(KEYS[1])
    with Kept(file) as kept:
        assert len(kept) == 1 and kept[KEYS[1]] == one(1, "anew")


def test_a_full_disk_is_told_by_its_place(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        with pytest.raises(InputError, match=r"judged\.jsonl: file too large"), Kept(tmp_path / "judged.jsonl") as kept:
            resource.setrlimit(resource.RLIMIT_FSIZE, (100, before[1]))
            kept.add([one(0)])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("verdict", [FAULT, LONG])
def test_a_fault_counts_in_its_run_and_is_judged_again_in_the_next(tmp_path: Path, verdict: dict[str, object]) -> None:
    path = tmp_path / "judged.jsonl"
    with Kept(path) as kept:
        kept.add([Judgement(KEYS[0], verdict)])
        assert KEYS[0] in kept and kept[KEYS[0]].verdict == verdict
    with Kept(path) as kept:
        assert KEYS[0] not in kept
        kept.add([one(0)])
    with Kept(path) as kept:
        assert kept[KEYS[0]] == one(0)


def test_any_text_can_be_kept(tmp_path: Path) -> None:
    with Kept(tmp_path / "judged.jsonl") as kept:
        kept.add([one(0, "half a letter \ud800, a line\u2028, \0")])
        assert kept[KEYS[0]].verdict["reading"] == "half a letter \ud800, a line\u2028, \0"
    assert json.loads((tmp_path / "judged.jsonl").read_text())["key"] == KEYS[0]


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "judged.jsonl").mkdir()
    with pytest.raises(InputError, match=r"judged\.jsonl: is a directory"):
        Kept(tmp_path / "judged.jsonl")
