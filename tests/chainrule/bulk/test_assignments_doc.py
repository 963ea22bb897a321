"""What docs/assignments.md shows is what happens: its files, its commands, its table of fields."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from chainrule.bulk.assignment import load_assignment
from chainrule.bulk.assignment_schema import AssignmentFile, Late
from chainrule.bulk.intake import submissions
from chainrule.bulk.records import Student, Submitted
from chainrule.bulk.roster import read_roster
from chainrule.bulk.tasks import tasks_for
from chainrule.cli import run
from chainrule.commands import grade_class
from questions.bank import Bank, load_family

ROOT = Path(__file__).resolve().parents[3]
TEXT = (ROOT / "docs" / "assignments.md").read_text(encoding="utf-8")
FILES = dict(re.findall(r"```(?:yaml|csv)\n# (\S+)\n(.*?)```", TEXT, re.DOTALL))
COMMANDS = re.findall(r"^\$ chainrule (.*)$", TEXT, re.MULTILINE)
IDS = ("convolution.output-size", "layers.softmax-cross-entropy", "layers.log-softmax-code")


def bank() -> Bank:
    found = {id: load_family(id) for id in IDS}
    return Bank({id: family for id, family in found.items() if family is not None})


@pytest.fixture
def home(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "homework-2.secret").write_text("0123456789abcdef" * 4, encoding="utf-8")
    return tmp_path


def test_every_field_is_told() -> None:
    rows = re.findall(r"^\| `(\w+)` \|", TEXT.split("## Fields")[1].split("##")[0], re.MULTILINE)
    assert rows == list(AssignmentFile.model_fields)
    assert all(f"`{name}`" in TEXT for name in Late.model_fields)


def test_the_assignments_are_what_is_said(home: Path) -> None:
    same = load_assignment(home / "homework.yaml", bank())
    marks = [[part.marks for part in item.parts] for item in same.quiz_for("s1").items]
    assert (marks, same.own_numbers) == ([[2], [1], [4]], False)
    own = load_assignment(home / "own-numbers.yaml", bank())
    assert (own.id, own.own_numbers) == ("dl-2027-homework-2", True)
    assert [[part.marks for part in item.parts] for item in own.quiz_for("s1").items] == [[2], [3], [3]]
    assert own.quiz_for("s1").items[0].seed != own.quiz_for("s2").items[0].seed


def test_what_lateness_costs_is_what_is_said(home: Path) -> None:
    asked = load_assignment(home / "homework.yaml", bank())
    days = ("2027-01-18T23:59", "2027-01-19T00:00", "2027-01-20T23:59", "2027-01-21T00:00")
    shares = [asked.share(Submitted(Student("a"), home, (), at=f"{day}+01:00")) for day in days]
    told = re.findall(r"^\| (?:in time|.*late|later) \| (.*) \|$", TEXT, re.MULTILINE)
    assert told == [{1.0: "all", 0.0: "nothing"}.get(share, f"{share:.0%}".replace("%", " %")) for share in shares]


@pytest.mark.parametrize("which", ["homework", "homework-2"])
def test_the_commands_hand_out_and_take_in(which: str, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(home)
    monkeypatch.setattr("chainrule.commands.hand_out.open_bank", bank)
    give, grade = [shlex.split(line) for line in COMMANDS if which in shlex.split(line)]
    assert run(give) == 0
    path = home / which / "s1" / "work.ipynb"
    path.write_text(path.read_text(encoding="utf-8").replace("answer_2 = r", 'answer_2 = \\"t\\" #'), encoding="utf-8")
    with grade_class.command.make_context("grade-class", grade[1:]) as context:
        asked = load_assignment(context.params["assignment"], bank())
        roster = read_roster(context.params["roster"])
        found = submissions(context.params["submissions"], roster=roster)
        answers = {one.student.id: tasks_for(one, asked.quiz_for(one.student.id))[0] for one in found}
    assert {id: [task.answer for task in tasks] for id, tasks in answers.items()} == {"s1": ["t"], "s2": []}
