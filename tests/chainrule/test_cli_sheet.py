"""`chainrule sheet`: what it writes, what it refuses, and what it says of sheets that cannot be read."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from chainrule import cli
from chainrule.options import Exit

ROOT = Path(__file__).resolve().parents[2]

FAMILY = """
title: A sum
course: [nn.test]
source: "nobody"
level: 2
draw:
  n: {integer: [2, 9]}
  m: {integer: [2, 9]}
prompt: What is $n + m$ for {n} and {m}?
answer: {integer: "n + m"}
oracle: convolution.parameter_count
mistakes:
  - {name: product, key: "n*m", says: "Add {n} and {m}."}
  - {name: difference, key: "n - m", says: "Do not subtract."}
steps: |
  total = n + m
"""

SHEET = """
title: Networks
sections:
  - title: Losses
    symbols: {x: [K], L: []}
    formulas:
      - name: Square
        formula: "sum(x**2) = x @ x"
        source: "nobody"
        check: identity
"""

BROWSER = """#!/bin/sh
for word in "$@"; do
  case $word in --print-to-pdf=*) [ -z "$FAILS" ] && printf '%%PDF-' > "${word#*=}" ;; esac
done
[ -n "$FAILS" ] && echo "no display" >&2
exit 0
"""

NONE = frozenset[str]()


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    """Two topics with a sheet, one without, and a sheet without questions."""
    folder = tmp_path / "bank"
    for topic in ("nn", "rnn", "plain"):
        (folder / topic).mkdir(parents=True)
        (folder / topic / "sum.yaml").write_text(FAMILY)
    (folder / "sheets").mkdir()
    for topic, title in (("nn", "Networks"), ("rnn", "Sequences"), ("alone", "Alone")):
        (folder / "sheets" / f"{topic}.yaml").write_text(SHEET.replace("Networks", title))
    return folder


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


def sheet(bank: Path, *words: str | Path) -> int:
    return cli.run(["sheet", "--bank", str(bank), *map(str, words)])


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} if folder.is_dir() else set(NONE)


def title(page: Path) -> str:
    [found] = re.findall("<h1>(.*?)</h1>", page.read_text(encoding="utf-8"))
    return found


REFUSED = [
    ("", "where to? Give --out FILE, or --all --out DIR"),
    ("--check --out OUT/a.html", "--check writes nothing; leave --out out"),
    ("--topic nn --out OUT/a.html --key OUT/k.html", "--key goes with --questions-only; a sheet holds its answers"),
    ("--compact --questions-only --out OUT/a.html", "--compact has no questions; leave it or --questions-only out"),
    ("--compact --level 2 --out OUT/a.html", "--compact has no questions; leave --level out"),
    ("--all --questions-only --out OUT", "--all writes sheets with answers; for papers name topics and --out FILE"),
    ("--topic nn --link-base here:80 --out OUT/a.html", "--link-base wants an address such as http://127.0.0.1:8000"),
    ("--topic nn --jobs 2 --out OUT/a.html", "--jobs goes with --all"),
    ("--topic nn --out BANK", " is a folder; name a file, or give --all"),
    ("--all --out BANK/nn/sum.yaml", " is a file; --all wants a folder"),
    ("--topic nn --questions-only --level 4 --out OUT/a.html", "there are no such questions; leave --level out"),
    ("--topic nn --questions-only --out OUT/a.html --key OUT/../out/a.html", "two files would be written to "),
    ("--topic rn --out OUT/a.html", "there is no topic 'rn'. Did you mean 'rnn'? Known: nn, plain, rnn"),
    ("--topic rn --all --out OUT", "there is no topic 'rn'. Did you mean 'rnn'? Known: nn, plain, rnn"),
    ("--topic nn --lang xx --out OUT/a.html", "no words for the language 'xx'; there are: en"),
    ("--all --lang xx --out OUT", "no words for the language 'xx'; there are: en"),
    ("--topic nn --out BANK/nn/sum.yaml/a.html", "cannot be written: "),
    ("--check --topic mm", "there is no sheet 'mm'; there are: alone, nn, rnn"),
]


@pytest.mark.parametrize(("words", "message"), REFUSED, ids=lambda value: value[:40])
def test_wrong_usage_is_one_line_and_writes_nothing(
    words: str, message: str, bank: Path, out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = [word.replace("OUT", str(out)).replace("BANK", str(bank)) for word in words.split()]
    assert sheet(bank, *given) == Exit.USAGE
    shown, told = capsys.readouterr()
    assert (shown, told.count("\n")) == ("", 1)
    assert message in told
    assert names(out) == NONE


@pytest.mark.parametrize(
    ("topics", "heading", "questions"),
    [
        (["nn"], "Networks", 1),
        (["rnn", "nn", "rnn"], "Sequences, Networks", 2),
        (["alone"], "Alone", 0),
        (["plain"], "Plain", 1),
        ([], "All topics", 3),
    ],
)
def test_a_sheet_holds_its_topics_once_each(
    topics: list[str], heading: str, questions: int, bank: Path, out: Path
) -> None:
    words = [word for topic in topics for word in ("--topic", topic)]
    assert sheet(bank, *words, "--out", out / "a.html") == Exit.OK
    assert title(out / "a.html") == heading
    page = (out / "a.html").read_text(encoding="utf-8")
    assert page.count(f"<code>chainrule quiz --bank {bank} --question") == questions
    assert page.count(">Square</h3>") == len({"nn", "rnn", "alone"} & set(topics or ["nn", "rnn", "alone"]))


def test_a_sheet_of_two_topics_says_whose_each_section_is(bank: Path, out: Path) -> None:
    (bank / "sheets" / "rnn.yaml").write_text(SHEET.replace("Networks", "Sequences\nintro: A state is carried."))
    assert sheet(bank, "--topic", "nn", "--topic", "rnn", "--out", out / "a.html") == Exit.OK
    page = (out / "a.html").read_text(encoding="utf-8")
    assert re.findall('<li class="contents-topic">(.*?)</li>', page) == ["Networks", "Sequences"]
    assert re.findall('<h2 id="losses.*?">(.*?)</h2>', page) == ["Networks: Losses", "Sequences: Losses"]
    assert page.index("Sequences: Losses</h2>") < page.index("A state is carried.")


def test_a_paper_and_its_key_are_two_files_of_one_form(
    bank: Path, out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paper, key = out / "paper.html", out / "key.html"
    assert sheet(bank, "--topic", "nn", "--questions-only", "--key", key, "--out", paper, "--json") == Exit.OK
    told = json.loads(capsys.readouterr().out)
    assert told == {
        "files": [{"file": str(path), "bytes": path.stat().st_size} for path in (paper, key)],
        "pdf": [],
    }
    forms = [re.findall(r"<code>([0-9A-F]{4}-[0-9A-F]{4})</code>", path.read_text()) for path in (paper, key)]
    assert forms[0] == forms[1] != []


def test_all_writes_the_same_pages_in_one_process_and_in_several(bank: Path, tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    assert sheet(bank, "--all", "--jobs", "1", "--out", one) == Exit.OK
    assert sheet(bank, "--all", "--jobs", "2", "--out", two) == Exit.OK
    assert names(one) == {"nn.html", "rnn.html", "plain.html", "alone.html", "index.html"}
    assert {name: (one / name).read_bytes() for name in names(one)} == {
        name: (two / name).read_bytes() for name in names(two)
    }


@pytest.mark.parametrize("words", ["--topic nn --out OUT/nn.html", "--all --jobs 1 --out OUT"])
def test_a_sheet_that_cannot_be_read_is_told(
    words: str, bank: Path, out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (bank / "sheets" / "nn.yaml").write_text(SHEET.replace("x @ x", "x @ xx"))
    assert sheet(bank, *(word.replace("OUT", str(out)) for word in words.split())) == Exit.OK
    assert "not loaded: " in (told := capsys.readouterr().err)
    assert "nn.yaml:8:35: `xx` is not a name of this question" in told
    assert "Square" not in (out / "nn.html").read_text(encoding="utf-8")


def test_a_bank_with_nothing_in_it_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert sheet(tmp_path, "--all", "--out", tmp_path / "out") == Exit.USAGE
    assert capsys.readouterr().err == "chainrule: the bank has neither questions nor sheets\n"
    assert names(tmp_path) == NONE


def test_check_counts_what_is_wrong_and_what_cannot_be_read(bank: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert sheet(bank, "--check") == Exit.OK
    assert capsys.readouterr().out == "3 sheets, 3 formulas: 0 faults\n"
    (bank / "sheets" / "nn.yaml").write_text(SHEET.replace("sum(x**2)", "sum(x**3)"))
    (bank / "sheets" / "rnn.yaml").write_text(SHEET.replace("x @ x", "x @ xx"))
    assert sheet(bank, "--check", "--json") == Exit.NOT_RIGHT
    told = json.loads(capsys.readouterr().out)
    assert (told["sheets"], told["formulas"], told["without_place"]) == (2, 2, None)
    unread, wrong = told["faults"]
    assert "rnn.yaml:8:35: `xx` is not a name of this question" in unread
    assert "nn.yaml:8:18: Square: the sides differ" in wrong
    assert sheet(bank, "--check", "--topic", "rnn") == Exit.NOT_RIGHT
    assert sheet(bank, "--check", "--topic", "alone") == Exit.OK


@pytest.fixture
def browser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program that prints in Chromium's place."""
    folder = tmp_path / "programs"
    folder.mkdir()
    (folder / "chromium").write_text(BROWSER)
    (folder / "chromium").chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    return folder


def test_each_page_is_printed_beside_itself(
    bank: Path, out: Path, browser: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("--questions-only", "--key", out / "key.html", "--pdf")
    assert sheet(bank, "--topic", "nn", "--out", out / "paper.html", *words, "--json") == Exit.OK
    assert json.loads(capsys.readouterr().out)["pdf"] == [str(out / "paper.pdf"), str(out / "key.pdf")]
    assert names(out) == {"paper.html", "paper.pdf", "key.html", "key.pdf"}
    assert (out / "paper.pdf").read_bytes() == b"%PDF-"


def test_a_page_is_never_overwritten_by_its_pdf(
    bank: Path, out: Path, browser: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert sheet(bank, "--topic", "nn", "--pdf", "--out", out / "a.pdf") == Exit.USAGE
    assert "a.pdf; name pages apart, and end them in .html" in capsys.readouterr().err
    assert names(out) == NONE


def test_a_browser_that_fails_or_is_missing_is_told(
    bank: Path, out: Path, browser: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FAILS", "yes")
    assert sheet(bank, "--topic", "nn", "--pdf", "--out", out / "a.html") == Exit.USAGE
    assert "a.html (exit code 0): no display" in capsys.readouterr().err
    assert names(out) == {"a.html"}
    monkeypatch.setenv("PATH", str(bank))
    assert sheet(bank, "--topic", "nn", "--pdf", "--out", out / "b.html") == Exit.USAGE
    assert "--pdf prints with Chromium, and none of chromium, " in capsys.readouterr().err
    assert names(out) == {"a.html"}


def test_an_interrupted_run_leaves_whole_pages_and_no_traceback(bank: Path, out: Path) -> None:
    for number in range(30):
        (bank / "sheets" / f"more-{number}.yaml").write_text(SHEET)
    words = ["sheet", "--bank", str(bank), "--all", "--jobs", "2", "--out", str(out)]
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "chainrule", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"},
    )
    with process:
        assert process.stdout is not None and process.stderr is not None
        assert process.stdout.readline().startswith("Wrote ")
        time.sleep(0.2)
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to all of its processes
        assert process.wait(timeout=60) == Exit.INTERRUPTED
        assert process.stderr.read().strip() == "interrupted"
    assert "index.html" not in names(out)
    for page in out.iterdir():
        assert page.suffix == ".html" and not page.name.startswith(".")
        assert page.read_text(encoding="utf-8").endswith("</html>\n")
