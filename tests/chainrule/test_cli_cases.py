"""`chainrule check --cases`: a record for every line, in order; nothing half written."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from chainrule import cli

LINES = [
    {"id": "a", "answer": "2x", "expected": "x + x"},
    {"id": "b", "answer": "x w", "expected": "x.T @ w", "symbols": {"x": ["D"], "w": ["D"]}},
    {"id": "c", "answer": "w.T @ x", "expected": "x @ w", "symbols": {"x": ["D"], "w": ["D"]}},
    {"id": "d", "answer": "-x", "expected": "x"},
]


@pytest.fixture
def pairs(tmp_path: Path) -> Path:
    file = tmp_path / "pairs.jsonl"
    file.write_text("\n".join([*map(json.dumps, LINES), "", "{broken"]), encoding="utf-8")
    return file


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str]]:
    def ran(*arguments: str) -> tuple[int, str]:
        code = cli.run(["check", *arguments])
        printed = capsys.readouterr()
        return code, printed.out + printed.err

    return ran


Run = Callable[..., tuple[int, str]]


def test_every_line_gets_its_record_in_order(pairs: Path, run: Run) -> None:
    code, output = run("--cases", str(pairs))
    records = [json.loads(line) for line in output.splitlines()]
    assert code == 0
    assert [(r["id"], r["verdict"]) for r in records] == [
        ("a", "equal"), ("b", "unreadable"), ("c", "equal"), ("d", "different"), (None, "unreadable"),
    ]  # fmt: skip


def test_records_go_to_a_file_and_two_processes_give_the_same(pairs: Path, tmp_path: Path, run: Run) -> None:
    alone, spread = tmp_path / "alone.jsonl", tmp_path / "spread.jsonl"
    assert run("--cases", str(pairs), "--out", str(alone)) == (0, "")
    assert run("--cases", str(pairs), "--out", str(spread), "--jobs", "2") == (0, "")
    verdicts = [[json.loads(line)["verdict"] for line in file.read_text().splitlines()] for file in (alone, spread)]
    assert verdicts[0] == verdicts[1]
    assert len(verdicts[0]) == 5


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "two formulas are needed"),
        (["x"], "two formulas are needed"),
        (["x", "x", "--out", "f"], "--out goes with --cases"),
        (["x", "x", "--cases", "f"], "takes its formulas"),
        (["--cases", "missing.jsonl"], "missing.jsonl"),
    ],
)
def test_wrong_usage_is_told(arguments: list[str], says: str, run: Run) -> None:
    code, output = run(*arguments)
    assert code == 2
    assert says in output
