"""The commands over a store, as they are typed: practice, exam, progress, appeals, regrade, export, import."""

from __future__ import annotations

import json
import shutil
import sys
from datetime import time
from io import StringIO
from pathlib import Path

import pytest

from chainrule import cli
from chainrule.dates import local_now
from chainrule.options import Exit
from chainrule.store.opening import open_store
from chainrule.store.records import Attempt, Draft, Item

FAMILY = """
title: A step down
course: [supervised.gradient-descent]
level: 1
source: "nobody"
symbols: {w: [], g: [], eta: {shape: [], domain: positive}}
prompt: Write the new weight.
answer: {formula: "w - eta*g"}
oracle: supervised.step
hints: "Downhill."
"""
NUMBER = """
title: Twice
course: [supervised.gradient-descent]
level: 2
source: "nobody"
draw: {n: {integer: [3, 90]}}
prompt: What is twice {n}?
answer: {integer: "2*n"}
mistakes: [{name: once, key: "n", says: "That is once."}]
"""
BLUEPRINT = """
title: Two questions
minutes: 5
sections: [{title: All, topics: all, questions: 2}]
"""


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    folder = tmp_path / "bank"
    for topic, name, text in (("down", "step", FAMILY), ("up", "twice", NUMBER)):
        (folder / topic).mkdir(parents=True, exist_ok=True)
        (folder / topic / f"{name}.yaml").write_text(text)
    (tmp_path / "exam.yaml").write_text(BLUEPRINT)
    return folder


class Line:
    """Runs a command against the bank and a store of its own."""

    def __init__(self, bank: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.bank, self.monkeypatch, self.capsys = bank, monkeypatch, capsys
        self.store = bank.parent / "store.db"

    def run(self, *words: str, typed: str = "", code: int = Exit.OK) -> str:
        self.monkeypatch.setattr(sys, "stdin", StringIO(typed))
        found = cli.run([*words, "--store", str(self.store), "--bank", str(self.bank)])
        out, err = self.capsys.readouterr()
        assert found == code, out + err
        assert "Traceback" not in out + err
        return out + err

    def kept(self, kind: type) -> list[object]:
        with open_store(str(self.store)) as store:
            if kind is Item:
                return list(store.items(None))
            return [judged.attempt for judged in store.judged(None)]


@pytest.fixture
def line(bank: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Line:
    return Line(bank, monkeypatch, capsys)


def test_practice_asks_keeps_and_comes_again(line: Line) -> None:
    shown = line.run("practice", "--seed", "1", typed="w - eta*g\n\n0\ns\n\n0\n")
    assert "2 questions, 0 seen, 0 due." in shown
    assert "failed before" not in shown
    assert "not right last time" in shown  # what failed comes again within the session
    assert len(line.kept(Attempt)) == 3
    assert "2 questions, 2 seen" in line.run("practice", "--list")


def test_practice_as_json_prints_records_alone(line: Line) -> None:
    lines = line.run("practice", "--seed", "1", "--json", typed="w - eta*g\n\nq\n").splitlines()
    kinds = [json.loads(text)["record"] for text in lines]
    assert kinds == ["item", "attempt", "item"]


def test_the_date_of_an_exam_is_kept_until_it_is_forgotten(line: Line) -> None:
    assert "Exam in " in line.run("practice", "--exam", "2099-01-18", "--list")
    assert "Exam in " in line.run("practice", "--list")
    assert "Exam" not in line.run("practice", "--exam", "none", "--list")
    assert "expected year, month and day" in line.run("practice", "--exam", "soon", code=Exit.USAGE)
    assert "is over" in line.run("practice", "--exam", "2001-01-01", code=Exit.USAGE)
    assert "there is no topic 'dwon'" in line.run("practice", "--topic", "dwon", code=Exit.USAGE)


def test_an_exam_is_left_gone_on_with_and_graded(line: Line, tmp_path: Path) -> None:
    blueprint = str(tmp_path / "exam.yaml")
    shown = line.run("exam", "--blueprint", blueprint, "--seed", "2", typed="w - eta*g\n:q\n")
    assert f"come back with chainrule exam --bank {line.bank} --store {line.store} --resume" in shown
    assert "is open" in line.run("exam", "--blueprint", blueprint, code=Exit.USAGE)
    again = line.run("exam", "--resume", "--html", str(tmp_path / "r.html"), typed=":1\n:2\n0\n:done\nyes\n")
    assert "of 2 marks" in again
    assert "Exam" in (tmp_path / "r.html").read_text() or "report" in (tmp_path / "r.html").read_text()
    assert "no exam is open" in line.run("exam", "--resume", code=Exit.USAGE)
    rows = json.loads(line.run("exam", "--list", "--json"))["exams"]
    assert [row["marks"] for row in rows] != ["open"]
    report = json.loads(line.run("exam", "--report", rows[0]["form"], "--json"))
    assert (report["possible"], len(report["parts"])) == (2, 2)
    before = report["earned"]
    line.run("practice", "--seed", "1", typed="0\ns\n\nq\n")
    assert json.loads(line.run("exam", "--report", rows[0]["form"], "--json"))["earned"] == before


def test_a_form_on_paper_and_its_key_have_the_same_form(line: Line, tmp_path: Path) -> None:
    paper, key = tmp_path / "p.html", tmp_path / "k.html"
    made = json.loads(
        line.run("exam", "--blueprint", str(tmp_path / "exam.yaml"), "--paper", str(paper), "--key", str(key), "--json")
    )
    assert made["form"] in paper.read_text()
    assert made["form"] in key.read_text()
    assert "go with --paper" in line.run("exam", "--key", str(key), code=Exit.USAGE)


def test_the_paper_of_an_exam_that_was_begun_and_its_questions_once_more(line: Line, tmp_path: Path) -> None:
    blueprint, paper, key = (str(tmp_path / name) for name in ("exam.yaml", "p.html", "k.html"))
    line.run("exam", "--blueprint", blueprint, "--seed", "2", typed=":q\n")
    [row] = json.loads(line.run("exam", "--list", "--json"))["exams"]
    form = row["form"]
    assert "is open" in line.run("exam", "--of", form, "--paper", paper, "--key", key, code=Exit.USAGE)
    assert "is open" in line.run("practice", "--again", form, code=Exit.USAGE)
    line.run("exam", "--resume", typed=":done\nyes\n")
    made = json.loads(line.run("exam", "--of", form, "--paper", paper, "--key", key, "--json"))
    assert made["form"] == form
    shown = line.run("practice", "--again", form, typed="s\n\ns\n\n")
    assert f"question 1 of the exam {form}" in shown
    items = [item for item in line.kept(Item) if isinstance(item, Item)]
    asked = {mode: {(item.family, item.seed) for item in items if item.mode == mode} for mode in ("exam", "practice")}
    assert asked["exam"] == asked["practice"]
    twice = line.bank / "up" / "twice.yaml"
    twice.write_text(twice.read_text().replace("[3, 90]", "[100, 900]"))
    assert "up.twice was changed since" in line.run("practice", "--again", form, typed="s\n\n")
    shutil.rmtree(line.bank / "up")
    shutil.rmtree(line.bank / "down")
    assert "is a --bank missing?" in line.run("practice", "--again", form, code=Exit.USAGE)


def test_an_appeal_that_is_accepted_repairs_question_and_log(line: Line) -> None:
    line.run("practice", "--seed", "1", typed="w + eta*g\nd\ns\n\nq\n")
    [appeal] = json.loads(line.run("appeals", "--json"))
    assert (appeal["question"], appeal["answer"], appeal["outcome"]) == ("down.step", "w + eta*g", "wrong")
    assert "--why is missing" in line.run("appeals", "--accept", appeal["appeal"], code=Exit.USAGE)
    told = line.run("appeals", "--accept", appeal["appeal"][:6], "--why", "g may point downhill", "--for-all")
    assert "1 answer judged anew changed" in told
    text = (line.bank / "down" / "step.yaml").read_text()
    assert '- {answer: "w + eta*g", why: "g may point downhill"}' in text
    assert text.startswith(FAMILY.rstrip())
    shown = line.run("practice", "--seed", "5", typed="q\n")
    assert "You were right about “A step down”: g may point downhill" in shown
    assert "1 answer of yours was judged anew" in shown
    assert "You were right" not in line.run("practice", "--seed", "5", typed="q\n")
    assert json.loads(line.run("appeals", "--json")) == []


def test_an_appeal_that_is_declined_says_why(line: Line) -> None:
    line.run("practice", "--seed", "1", typed="w + eta*g\nd\ns\n\nq\n")
    [appeal] = json.loads(line.run("appeals", "--json"))
    line.run("appeals", "--decline", appeal["appeal"], "--why", "downhill is minus")
    line.run("practice", "--seed", "5", "--json", typed="q\n")  # tells nobody, so that it is still news
    shown = line.run("practice", "--seed", "5", typed="q\n")
    assert "The verdict stands about “A step down”: downhill is minus" in shown
    assert "no open appeal" in line.run("appeals", "--decline", appeal["appeal"], "--why", "x", code=Exit.USAGE)


def test_regrading_says_what_changed_and_a_dry_run_keeps_nothing(line: Line) -> None:
    line.run("practice", "--seed", "1", typed="w + eta*g\ns\n\nq\n")
    path = line.bank / "down" / "step.yaml"
    path.write_text(path.read_text().replace("w - eta*g", "w + eta*g"))
    dry = json.loads(line.run("regrade", "--family", "down.step", "--dry-run", "--json"))
    assert [(row["before"], row["after"]) for row in dry["changed"]] == [("wrong", "right")]
    assert len(json.loads(line.run("regrade", "--family", "down.step", "--json"))["changed"]) == 1
    again = json.loads(line.run("regrade", "--family", "down.step", "--json"))
    assert (again["changed"], again["same"]) == ([], 1)


def test_a_question_that_draws_otherwise_by_now_breaks_no_stored_answer(line: Line) -> None:
    line.run("practice", "--seed", "1", "--topic", "up", typed="0\ns\n\nq\n")
    path = line.bank / "up" / "twice.yaml"
    path.write_text(path.read_text().replace("[3, 90]", "[100, 900]"))
    found = json.loads(line.run("regrade", "--family", "up.twice", "--json"))
    assert (found["changed"], found["left"]) == ([], 1)
    shutil.rmtree(line.bank / "up")
    assert "Traceback" not in line.run("progress")
    assert "1 question, 0 seen" in line.run("practice", "--list")


def test_progress_names_what_comes_back(line: Line, tmp_path: Path) -> None:
    assert "No forecast yet" in line.run("progress")
    numbers = "\n".join(str(n) for n in range(3, 91))  # one of them is the number itself: the mistake "once"
    line.run("practice", "--topic", "up", "--seed", "1", typed=f"{numbers}\ns\na\n{numbers}\ns\nq\nq\n")
    shown = line.run("progress", "--html", str(tmp_path / "p.html"))
    assert "That is once." in shown
    assert "An exam tomorrow would bring" in shown
    record = json.loads(line.run("progress", "--json"))
    assert record["streak"] == 1
    assert sum(topic["seen"] for topic in record["topics"]) == 1
    page = (tmp_path / "p.html").read_text()
    assert "That is once." in page
    assert 'class="day-strip"' in page


def test_export_and_import_move_everything_and_may_be_repeated(line: Line, tmp_path: Path) -> None:
    line.run("practice", "--seed", "1", typed="w + eta*g\nd\ns\n\nq\n")
    out = tmp_path / "all.jsonl"
    line.run("export", "--out", str(out))
    other = Line(line.bank, line.monkeypatch, line.capsys)
    other.store = tmp_path / "other.db"
    for new in (True, False):
        told = other.run("import", str(out))
        assert ("0 new records" in told) == (not new)
    assert other.kept(Item) == line.kept(Item)
    assert other.kept(Attempt) == line.kept(Attempt)
    out.write_text(out.read_text() + "nonsense\n")
    assert "line" in other.run("import", str(out), code=Exit.USAGE)


@pytest.mark.parametrize("command", ["practice", "exam", "progress", "appeals"])
def test_a_store_that_cannot_be_used_is_told_in_a_sentence(line: Line, tmp_path: Path, command: str) -> None:
    line.store = tmp_path / "no.db"
    line.store.write_text("no database")
    shown = line.run(command, code=Exit.USAGE)
    assert "no.db" in shown


def test_drafts_are_the_last_words_of_an_exam(line: Line, tmp_path: Path) -> None:
    line.run("exam", "--blueprint", str(tmp_path / "exam.yaml"), "--seed", "2", typed="1\n2\n3\n:q\n")
    with open_store(str(line.store)) as store:
        [exam] = store.exams()
        [draft] = store.drafts(exam.id).values()
    assert isinstance(draft, Draft)
    assert draft.answer == "3"


@pytest.mark.parametrize("option", ["--minutes", "--quick", "--minutes-a-day"])
def test_minutes_are_numbers(line: Line, option: str) -> None:
    assert "nan is no number of minutes" in line.run("practice", option, "nan", "--list", code=Exit.USAGE)


def test_a_session_without_an_answer_counts_none(line: Line) -> None:
    assert "Nothing was answered." in line.run("practice", "--seed", "1", typed="q\n")
    assert "1 question in 0 min, 1 right" in line.run("practice", "--seed", "1", typed="w - eta*g\n\nq\n")


def test_an_appeal_about_a_question_that_draws_otherwise_by_now_is_not_accepted(line: Line) -> None:
    line.run("practice", "--seed", "1", "--topic", "up", typed="0\nd\ns\n\nq\n")
    [appeal] = json.loads(line.run("appeals", "--json"))
    path = line.bank / "up" / "twice.yaml"
    path.write_text(text := path.read_text().replace("[3, 90]", "[100, 900]"))
    told = line.run("appeals", "--accept", appeal["appeal"], "--why", "w", code=Exit.USAGE)
    assert "draws other values by now" in told
    assert path.read_text() == text
    assert len(json.loads(line.run("appeals", "--json"))) == 1


def test_an_exam_that_is_not_there_is_told_with_where_they_are_listed(line: Line) -> None:
    for words in (["exam", "--report", "NOPE"], ["practice", "--again", "NOPE"]):
        assert f"`chainrule exam --bank {line.bank} --store {line.store} --list` lists them" in line.run(
            *words, code=Exit.USAGE
        )


def test_a_report_says_which_question_was_changed_since(line: Line, tmp_path: Path) -> None:
    line.run("exam", "--blueprint", str(tmp_path / "exam.yaml"), "--seed", "2", typed=":done\nyes\n")
    [row] = json.loads(line.run("exam", "--list", "--json"))["exams"]
    path = line.bank / "up" / "twice.yaml"
    path.write_text(path.read_text().replace("[3, 90]", "[100, 900]"))
    shown = line.run("exam", "--report", row["form"].lower())
    assert "up.twice was changed since; it is left out, and its marks with it." in shown
    assert "of 1 mark, " in shown


def test_the_list_of_exams_tells_the_marks_that_count_after_a_repair(line: Line, tmp_path: Path) -> None:
    blueprint = str(tmp_path / "exam.yaml")
    line.run("exam", "--blueprint", blueprint, "--seed", "2", typed="w + eta*g\n:n\nw + eta*g\n:done\nyes\n")
    path = line.bank / "down" / "step.yaml"
    path.write_text(path.read_text().replace("w - eta*g", "w + eta*g"))
    assert " 0 of 2" in line.run("exam", "--list")
    line.run("regrade", "--family", "down.step")
    assert " 1 of 2" in line.run("exam", "--list")


def test_on_the_day_of_the_exam_it_is_still_named(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chainrule.standing.NINE", time(0))  # whatever the time is, it has begun
    assert "Exam today. 2 questions" in line.run("practice", "--exam", local_now().date().isoformat(), "--list")


def test_an_export_never_takes_the_place_of_its_store(line: Line, tmp_path: Path) -> None:
    line.run("practice", "--seed", "1", typed="w - eta*g\n\nq\n")
    (tmp_path / "link.db").symlink_to(line.store)
    for out in (line.store, tmp_path / "link.db"):
        assert "is the store itself" in line.run("export", "--out", str(out), code=Exit.USAGE)
    assert len(line.kept(Attempt)) == 1
