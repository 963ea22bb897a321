"""The report on a class: the same from everywhere and each time, and what it says of whom."""

from __future__ import annotations

import csv
import json
import random
import re
from dataclasses import asdict, replace
from io import StringIO
from pathlib import Path

import pytest
from graded_class import CODE, all_results, assignment, quiz, results, students, with_code
from written_code import long_code, short_code

from chainrule.bulk.class_report import class_page, class_record
from chainrule.bulk.class_table import HEADS, class_csv
from chainrule.bulk.columns import columns_of
from chainrule.bulk.gathering import About, Gathered
from chainrule.bulk.outputs import write_outputs
from chainrule.bulk.pseudonyms import NAME, Pseudonyms, secret_beside
from chainrule.bulk.records import Result, Student
from chainrule.bulk.running import RESULTS
from chainrule.cli import run
from chainrule.files import InputError


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as grading writes it."""
    out = tmp_path_factory.mktemp("class") / "graded"
    write(out, students(40))
    return out


def write(out: Path, class_: tuple[Student, ...]) -> None:
    found = all_results(class_)
    write_outputs(out, assignment(with_code()), class_, found)
    (out / RESULTS).write_text("".join(json.dumps(asdict(one)) + "\n" for one in found), encoding="ascii")


def said(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_same_results_give_the_same_files(graded: Path) -> None:
    again = graded.parent / "again"
    write(again, students(40))
    assert said(again) == said(graded)
    assert not list(graded.parent.rglob(".*"))


def test_the_report_of_the_folder_is_the_one_that_grading_wrote(graded: Path, tmp_path: Path) -> None:
    page, table = tmp_path / "r.html", tmp_path / "r.csv"
    assert run(["report", str(graded), "--html", str(page), "--csv", str(table)]) == 0
    assert page.read_bytes() == (graded / "report.html").read_bytes()
    assert table.read_bytes() == (graded / "report.csv").read_bytes()


def test_nobody_can_be_recognised_in_the_report(graded: Path) -> None:
    text = (graded / "report.html").read_text(encoding="utf-8")
    for student in students(40):
        assert student.name not in text and student.email not in text
        assert re.search(rf"\b{student.id}\b", text) is None
    assert "Zoe" not in text  # who says so in a comment
    secret = secret_beside(graded)
    assert Pseudonyms(secret)("1000") in text and Pseudonyms(secret)("1039") in text
    book = (graded / "gradebook.csv").read_text(encoding="utf-8")
    assert f"1000,Student 0,{Pseudonyms(secret)('1000')}," in book


def test_names_are_shown_where_they_are_asked_for(graded: Path, tmp_path: Path) -> None:
    page = tmp_path / "r.html"
    assert run(["report", str(graded), "--names", "--html", str(page)]) == 0
    text = page.read_text(encoding="utf-8")
    assert "1000 and 1039" in text and "by Zoe of group 7" in text


def test_similar_code_is_no_verdict(graded: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = " ".join((graded / "report.html").read_text(encoding="utf-8").split())
    assert "pairs to look at" in text and "Nothing here is a verdict" in text
    assert "1 of 780 pairs of 40 submissions stand out" in text and "of 780 pairs in all, 1 share as much" in text
    assert run(["report", str(graded)]) == 0
    assert "1 pair to look at, no verdict" in capsys.readouterr().out


def test_the_table_has_a_row_for_each_part_and_mistake(graded: Path) -> None:
    text = (graded / "report.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(StringIO(text)))
    assert tuple(rows[0]) == HEADS
    parts = [row for row in rows if row["row"] == "part"]
    assert {row["item"] for row in parts} == {column.item for column in columns_of(with_code())}
    shares = [float(row["difficulty"]) for row in parts]
    assert shares == sorted(shares)
    outcomes = ("right", "partial", "wrong", "unreadable", "undecided", "fault", "unanswered")
    for row in parts:
        assert sum(int(row[name]) for name in outcomes) == int(row["asked"]) == 40
        assert float(row["difficulty low"]) <= float(row["difficulty"]) <= float(row["difficulty high"])
    chosen = [row for row in rows if row["row"] == "mistake" and row["item"] == "convolution.design-setting/a"]
    assert chosen and all(row["says"] and row["share n"] for row in chosen)
    assert sum(int(row["times"]) for row in chosen) == next(
        int(row["wrong"]) for row in parts if row["item"] == "convolution.design-setting/a"
    )


def test_figures_of_the_table_are_numbers(graded: Path) -> None:
    rows = list(csv.DictReader(StringIO((graded / "report.csv").read_text(encoding="utf-8-sig"))))
    texts = {"row", "item", "question", "place", "kind", "mistake", "says", "look at", "first", "second"}
    found = [float(cell) for row in rows for head, cell in row.items() if head not in texts and cell]
    assert min(found) < 0  # which a spreadsheet runs as little as another number


def test_the_table_tells_of_the_class_and_of_similar_code(graded: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = list(csv.DictReader(StringIO((graded / "report.csv").read_text(encoding="utf-8-sig"))))
    assert run(["report", str(graded), "--json"]) == 0
    figures = json.loads(capsys.readouterr().out)
    whole = rows[0]
    assert (whole["row"], whole["asked"], whole["alpha n"]) == (
        "class",
        "40",
        str(figures["reliability"]["alpha"]["n"]),
    )
    assert float(whole["alpha"]) == pytest.approx(figures["reliability"]["alpha"]["value"], abs=1e-4)
    assert float(whole["difficulty"]) == pytest.approx(figures["scores"]["mean"], abs=1e-4)
    (pair,) = [row for row in rows if row["row"] == "pair"]
    called = Pseudonyms(secret_beside(graded))
    assert {pair["first"], pair["second"]} == {called("1000"), called("1039")}
    assert pair["first share"] == "1"


def test_what_to_look_at_comes_first() -> None:
    """A question that the able get wrong is named; the sentence of a mistake stands with what was understood least."""
    column = replace(columns_of(quiz())[0], family="f", part="p", number=1, item="f/p")
    other = replace(column, number=2, item="f/q", part="q", title="Other")
    gathered = Gathered(About("a", "A", (column, other)))
    slip = ("mistake", {"says": "Look at the sign.", "name": "sign"})
    for i in range(20):
        bad = (1.0, "right") if i % 4 == 0 else (0.0, "wrong")
        gathered.add([
            Result(f"s{i}", 1, "f", "p", "number", 1.0, bad[1], bad[0], mistake="" if bad[0] else "sign",
                   feedback=() if bad[0] else (slip,)),
            Result(f"s{i}", 2, "f", "q", "number", 1.0, "wrong" if bad[0] else "right", 1 - bad[0]),
        ])  # fmt: skip
    report = gathered.report(str)
    text = " ".join(class_page(report).partition('id="first"')[2].partition("</section>")[0].split())
    assert "25&nbsp;%" in text and "15 made this mistake: Look at the sign." in text
    assert "look at the key" in text and "More made one mistake (15) than were right (5)." in text
    assert list(class_record(report)["look_at"]) == ["f/p", "f/q"]


def test_what_another_question_hands_out_counts_for_nothing() -> None:
    """A few handed in one file with the answers to both questions, and the start of the other one in it."""
    chance = random.Random(0)
    start = "\n".join(long_code(chance) for _ in range(3))
    columns = [replace(column, starter=start) for column in columns_of(with_code())[-1:]]
    columns += [replace(columns[0], number=99, item="f/p", part="p", starter="")]
    gathered = Gathered(About("a", "A", tuple(columns)))
    for i in range(30):
        code = f"{start if i < 4 else ''}\n{short_code(chance)}"
        gathered.add([Result(f"s{i}", 99, "f", "p", "code", 1.0, "right", 1.0, answer=code)])
    (found,) = gathered.report(str).similar
    assert found.found.n == 30 and found.pairs == ()


def test_json_has_the_figures_and_no_code(graded: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["report", str(graded), "--topic", "foundations", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert {one["item"].split(".")[0] for one in found["items"]} == {"foundations"}
    assert found["students"] == 40 and found["similar"] == []
    assert run(["report", str(graded), "--family", CODE, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert len(found["similar"][0]["pairs"]) == 1 and "import numpy" not in json.dumps(found)
    assert found["reliability"]["alpha"] is None and found["reliability"]["reason"]


def test_wrong_use_says_so(tmp_path: Path, graded: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for words, says in (
        ([str(tmp_path)], "asked.json is missing"),
        ([str(graded), "--store", "x.db"], "give one"),
        ([str(graded), "--topic", "fundations"], "foundations"),
        ([str(graded), "--family", "convolution.output-sise"], "convolution.output-size"),
    ):
        assert run(["report", *words]) == 2
        assert says in capsys.readouterr().err


@pytest.mark.parametrize("n", [0, 1])
def test_a_class_of_next_to_nobody_has_a_report(n: int) -> None:
    about = About("hw", "Homework", columns_of(quiz()))
    gathered = Gathered(about)
    gathered.add(list(results(students(n))))
    report = gathered.report(str)
    text = class_page(report)
    assert ("Nobody has answered anything yet" in text) == (n == 0)
    assert re.search(r"\bnan\b", text + class_csv(report)) is None
    json.dumps(class_record(report), allow_nan=False)


def test_texts_of_the_report_are_no_html_and_no_formulas() -> None:
    column = replace(columns_of(quiz())[0], title="=<b>1", item="=<i>x", family="f", part="p", number=1)
    gathered = Gathered(About("a", "<script>", (column,)))
    slip = ("mistake", {"says": "=<u>says", "name": "=m"})
    for i in range(12):
        gathered.add([Result(str(i), 1, "f", "p", "number", 1.0, "wrong", 0.0, mistake="=<s>m", feedback=(slip,))])
    report = gathered.report(str)
    text = class_page(report)
    assert not any(tag in text for tag in ("<script>", "<i>x", "<u>", "<s>", "=<b>1"))
    for line in csv.reader(StringIO(class_csv(report).removeprefix("\ufeff"))):
        assert not any(cell.startswith("=") for cell in line)


def test_the_secret_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    out = tmp_path / "new" / "graded"
    found = secret_beside(out)
    assert found == secret_beside(out) == secret_beside(tmp_path / "new" / "other")
    assert (tmp_path / "new" / NAME).stat().st_mode & 0o077 == 0
    assert [path.name for path in (tmp_path / "new").iterdir()] == [NAME]
    assert Pseudonyms(found)("a") != Pseudonyms(found)("b") != Pseudonyms(b"x")("b")
    (tmp_path / "new" / NAME).write_text("short", encoding="ascii")
    with pytest.raises(InputError, match="64 hexadecimal digits"):
        secret_beside(out)
