"""Handing out: a folder for each student, which comes back answered and is known as the student's own."""

import json
from pathlib import Path

import pytest

from chainrule.bulk.assignment import load_assignment
from chainrule.bulk.intake import submissions
from chainrule.bulk.roster import read_roster
from chainrule.bulk.tasks import tasks_for
from chainrule.cli import run
from questions.bank import load_bank, shipped_folder

IDS = ("convolution.output-size", "layers.log-softmax-code")
OWN = "assignment: 1\ntitle: Homework\nblueprint: two.yaml\nsecret_file: secret.txt\n"
SAME = "assignment: 1\ntitle: Homework\nquestions:\n  - convolution.output-size@3\n  - layers.log-softmax-code@4\n"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    for id in IDS:
        topic, _, name = id.partition(".")
        (tmp_path / "bank" / topic).mkdir(parents=True)
        text = (shipped_folder() / topic / f"{name}.yaml").read_text(encoding="utf-8")
        (tmp_path / "bank" / topic / f"{name}.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "two.yaml").write_text(
        "title: Two\nminutes: 0\nsections:\n  - title: One\n    families:\n" + "".join(f"      - {id}\n" for id in IDS),
        encoding="utf-8",
    )
    (tmp_path / "secret.txt").write_text("0123456789abcdef" * 4, encoding="utf-8")
    (tmp_path / "class.csv").write_text("id,name\ns1,Ada Lovelace\ns2,Grace Hopper\n", encoding="utf-8")
    return tmp_path


def hand_out(home: Path, text: str, *options: str) -> int:
    (home / "hw.yaml").write_text(text, encoding="utf-8")
    words = ["--bank", str(home / "bank"), "hand-out", str(home / "hw.yaml"), "--students", str(home / "class.csv")]
    return run([*words, "--out", str(home / "out"), *options])


def test_what_is_handed_out_comes_back(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert hand_out(home, OWN) == 0
    said = capsys.readouterr().out
    assert "for 2 students" in said
    assert "Students hand in answers.yaml, layers.log-softmax-code.py" in said
    for student in ("s1", "s2"):
        file = home / "out" / student / "answers.yaml"
        file.write_text(file.read_text(encoding="utf-8").replace("answer:\n", "answer: 26\n", 1), encoding="utf-8")
    bank = load_bank([home / "bank"])
    asked = load_assignment(home / "hw.yaml", bank)
    for one in submissions(home / "out", roster=read_roster(home / "class.csv")):
        quiz = asked.quiz_for(one.student.id)
        (task,), (_, code) = tasks_for(one, quiz)
        assert (task.answer, task.seed) == ("26", quiz.items[0].seed)
        assert code.problem == "the file to start from was handed in as it was handed out"


def test_no_seed_is_told_where_all_have_own_numbers(home: Path) -> None:
    assert hand_out(home, OWN) == 0
    asked = load_assignment(home / "hw.yaml", load_bank([home / "bank"]))
    seeds = [str(item.seed) for item in asked.quiz_for("s1").items]
    for file in (home / "out" / "s1").iterdir():
        text = file.read_text(encoding="utf-8")
        assert "seed" not in text
        assert not any(seed in text for seed in seeds)
    assert "# For Ada Lovelace (s1)" in (home / "out" / "s1" / "answers.yaml").read_text(encoding="utf-8")


def test_the_file_of_another_student_is_told_as_such_without_a_seed(home: Path) -> None:
    assert hand_out(home, OWN) == 0
    text = (home / "out" / "s2" / "answers.yaml").read_text(encoding="utf-8").replace("answer:\n", "answer: 26\n", 1)
    (home / "out" / "s1" / "answers.yaml").write_text(text, encoding="utf-8")
    asked = load_assignment(home / "hw.yaml", load_bank([home / "bank"]))
    found = {one.student.id: tasks_for(one, asked.quiz_for(one.student.id)) for one in submissions(home / "out")}
    tasks, (size, _) = found["s1"]
    assert tasks == []
    assert "answered for another form" in size.problem


def test_open_files_can_be_graded_by_students(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert hand_out(home, SAME) == 0
    folder = home / "out" / "s1"
    assert "chainrule grade layers.log-softmax-code.py --question layers.log-softmax-code --seed 4" in (
        folder / "layers.log-softmax-code.py"
    ).read_text(encoding="utf-8")
    capsys.readouterr()
    assert run(["--bank", str(home / "bank"), "grade", str(folder / "answers.yaml")]) == 1
    assert "unanswered" in capsys.readouterr().out
    assert run(["--bank", str(home / "bank"), "grade", str(folder / "work.ipynb")]) == 1
    assert "unanswered" in capsys.readouterr().out
    assert hand_out(home, SAME, "--force", "--sealed") == 0
    for name in ("answers.yaml", "work.ipynb"):
        capsys.readouterr()
        assert run(["--bank", str(home / "bank"), "grade", str(folder / name)]) == 2
        assert "it was handed out without its seed; your instructor grades it" in capsys.readouterr().err
    assert "seed" not in (folder / "answers.yaml").read_text(encoding="utf-8")


def test_nothing_is_written_over_unless_told(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (home / "out" / "s2").mkdir(parents=True)
    assert hand_out(home, SAME) == 2
    assert "s2 exists and may hold answers; --force writes over it" in capsys.readouterr().err
    assert not (home / "out" / "s1").exists()
    assert hand_out(home, SAME, "--force", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["hand_in"] == ["answers.yaml", "layers.log-softmax-code.py"]
    assert told["notebook"] == "work.ipynb"
    assert [one["student"] for one in told["students"]] == ["s1", "s2"]
    assert Path(told["students"][0]["folder"], "answers.yaml").is_file()


def test_the_notebook_can_be_left_out(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert hand_out(home, SAME, "--no-notebook") == 0
    assert "work.ipynb" not in capsys.readouterr().out
    folder = home / "out" / "s1"
    assert sorted(file.name for file in folder.iterdir()) == ["answers.yaml", "layers.log-softmax-code.py"]
    text = (folder / "answers.yaml").read_text(encoding="utf-8")
    assert "# Hand in: answers.yaml, layers.log-softmax-code.py\n" in text
    assert hand_out(home, SAME, "--force") == 0
    assert "code.py; or work.ipynb, where all of it can be answered too" in (folder / "answers.yaml").read_text("utf-8")


@pytest.mark.parametrize("id", ["../s3", "a/b", ".hidden", "C:x", "x" * 300])
def test_an_id_that_can_be_no_folder_is_refused(home: Path, capsys: pytest.CaptureFixture[str], id: str) -> None:
    (home / "class.csv").write_text(f"id\ns1\n{id}\n", encoding="utf-8")
    assert hand_out(home, SAME) == 2
    assert "cannot be the name of a folder; give this student another" in capsys.readouterr().err
    assert not (home / "out").exists()
