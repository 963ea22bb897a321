"""A class as it lies in folders, and as Canvas, Moodle and Gradescope deliver it; each also as one zip."""

import os
import shutil
import zipfile
from pathlib import Path

import pytest

from chainrule.bulk.intake import submissions
from chainrule.bulk.owners import STRANGER
from chainrule.bulk.records import Student, Submitted
from chainrule.bulk.roster import Roster, roster_of
from chainrule.bulk.sources import FolderSource
from chainrule.files import InputError

ADA = Student("s1", "Ada Lovelace", "ada@x.org", "12")
GRACE = Student("s2", "Grace Hopper", "grace@x.org", "77")
TEXT = "quiz: 1\n"


def roster() -> Roster:
    return roster_of([ADA, GRACE], Path("class.csv"))


def laid(home: Path, *names: str) -> Path:
    for name in names:
        place = home / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(f"{TEXT}# {name}\n")
    return home


def found(path: Path, known: Roster | None = None) -> dict[str, list[str]]:
    return {one.student.id: names(one) for one in submissions(path, roster=known)}


def names(one: Submitted) -> list[str]:
    return [file.relative_to(one.root).as_posix() for file in one.files]


def as_zip(home: Path, *, around: bool) -> Path:
    base = str(home.with_name(f"{home.name}-{around}"))
    return Path(shutil.make_archive(base, "zip", home.parent if around else home, home.name if around else "."))


CANVAS = ("lovelaceada_12_340_answers.yaml", "lovelaceada_12_341_conv-1.py", "hoppergrace_LATE_77_342_answers.yaml")
MOODLE = (
    "Ada Lovelace_12_assignsubmission_file/answers.yaml",
    "Ada Lovelace_12_assignsubmission_file/src/conv.py",
    "Grace Hopper_77_assignsubmission_file_/answers.yaml",
    "Grace Hopper_77_assignsubmission_comments/note.txt",
)
LAYOUTS = {
    "canvas": (CANVAS, {"12": ["answers.yaml", "conv-1.py"], "77": ["answers.yaml"]}),
    "moodle": (MOODLE, {"12": ["answers.yaml", "src/conv.py"], "77": ["answers.yaml"]}),
    "moodle flat": (
        ("Ada Lovelace_12_assignsubmission_file_answers.yaml", "Ada Lovelace_12_assignsubmission_file_b_2_3_c.py"),
        {"12": ["answers.yaml", "b_2_3_c.py"]},
    ),
    "folders": (("s1/a.py", "s1/deep/er/b.ipynb", "s2/A.YAML"), {"s1": ["a.py", "deep/er/b.ipynb"], "s2": ["A.YAML"]}),
    "files": (
        ("s1.py", "s1.yaml", "s2.ipynb", "README.md", "class.csv"),
        {"s1": ["s1.py", "s1.yaml"], "s2": ["s2.ipynb"]},
    ),
    "hidden": (("s1/a.py", "s1/.git/b.py", ".venv/c.py", "s1/__pycache__/d.py", "__MACOSX/s1/e.py"), {"s1": ["a.py"]}),
}


ON_PLATFORMS = ("canvas", "moodle", "moodle flat")
DELIVERED = [(layout, how) for layout in LAYOUTS for how in ("folder", "zip")]


@pytest.mark.parametrize(("layout", "delivered"), [*DELIVERED, *((layout, "wrapped") for layout in ON_PLATFORMS)])
def test_layouts(tmp_path: Path, layout: str, delivered: str) -> None:
    files, expected = LAYOUTS[layout]
    home = laid(tmp_path / "class", *files)
    assert found(home if delivered == "folder" else as_zip(home, around=delivered == "wrapped")) == expected


@pytest.mark.parametrize("known", [None, roster()])
def test_one_folder_around_a_class_is_nobodys(tmp_path: Path, known: Roster | None) -> None:
    home = laid(tmp_path / "submissions", "s1/a.py", "s2/b.py", "notes.txt")
    assert found(tmp_path, known) == {"s1": ["a.py"], "s2": ["b.py"]}
    assert found(as_zip(home, around=True), known) == {"s1": ["a.py"], "s2": ["b.py"]}


@pytest.mark.parametrize(
    ("files", "known"),
    [
        (("s1/one/a.py", "s1/two/b.py"), roster()),
        (("s1/a.py", "s1/two/b.py"), None),
        (("s1/two/b.py",), None),
        (("Ada Lovelace_12_assignsubmission_file_/s1/a.py", "Ada Lovelace_12_assignsubmission_file_/s2/b.py"), None),
    ],
)
def test_one_folder_of_a_student_stays_one(tmp_path: Path, files: tuple[str, ...], known: Roster | None) -> None:
    home = laid(tmp_path / "class", *files)
    assert sorted(len(names) for names in found(home, known).values() if names) == [len(files)]


def test_the_number_of_a_platform_is_not_the_id_of_another(tmp_path: Path) -> None:
    home = laid(tmp_path / "class", "evewho_7_340_a.py", "7/b.py")
    known = roster_of([Student("7", "Zoe Zed"), GRACE], Path("class.csv"))
    assert found(home, known) == {"7": ["b.py"], "canvas 7": ["a.py"], "s2": []}


def test_what_canvas_says_of_students(tmp_path: Path) -> None:
    home = laid(tmp_path / "class", *CANVAS)
    grace = next(one for one in submissions(home) if one.student.id == "77")
    assert grace.student == Student("77", "hoppergrace", platform_id="77")
    assert grace.late
    known = {one.student: one.late for one in submissions(home, roster=roster())}
    assert known == {ADA: False, GRACE: True}


def test_gradescope_with_its_metadata_and_a_pair(tmp_path: Path) -> None:
    home = laid(tmp_path / "assignment_9_export", "submission_1/a.py", "submission_2/b.py", "submission_3/c.py")
    (home / "submission_metadata.yml").write_text(
        """---
submission_1:
  :submitters:
  - :name: Ada Lovelace
    :sid: s1
    :email: ada@x.org
  :created_at: 2027-01-19 07:40:08.109212000 Z
  :results: {output: "line 1\\n\\nsubmission_9: no"}
submission_2:
  :submitters:
  - :name: Grace Hopper
    :sid:
    :email: grace@x.org
  - :name: Ada Lovelace
    :sid: s1
    :email: ada@x.org
  :created_at: 2027-01-19 08:00:00 +0100
""",
        encoding="utf-8",
    )
    for path in (home, as_zip(home, around=True)):
        (three, grace, ada) = sorted(
            submissions_named(path, roster()), key=lambda one: (one[0].id[:1] != "s", one[0].id)
        )[::-1]
    assert ada == (ADA, ["submission_1/a.py", "submission_2/b.py"], "2027-01-19T07:40:08.109212+00:00")
    assert grace == (GRACE, ["b.py"], "2027-01-19T08:00:00+01:00")
    assert three[0].id == "submission_3"


def submissions_named(path: Path, known: Roster | None) -> list[tuple[Student, list[str], str]]:
    return [(one.student, names(one), one.at) for one in submissions(path, roster=known)]


def test_students_are_found_by_any_of_their_names(tmp_path: Path) -> None:
    files = ("s1_homework.py", "ada@x.org/a.yaml", "12/b.py", "Lovelace, Ada/c.py", "GRACE/d.py")
    home = laid(tmp_path / "class", *files)
    (both,) = [one for one in submissions(home, roster=roster()) if one.student == ADA]
    assert names(both) == ["12/b.py", "Lovelace, Ada/c.py", "ada@x.org/a.yaml", "s1_homework.py"]
    assert found(home, roster())["s2"] == ["d.py"]


def test_who_handed_in_nothing_and_who_is_not_in_the_list(tmp_path: Path) -> None:
    home = laid(tmp_path / "class", "s1/a.py", "eve/b.py")
    one, nothing = ({s.student.id: s for s in submissions(home, roster=roster())}[id] for id in ("eve", "s2"))
    assert one.problems == (STRANGER,)
    assert (nothing.student, nothing.files, nothing.problems) == (GRACE, (), ())


def test_links_and_unreadable_things_in_folders(tmp_path: Path) -> None:
    home = laid(tmp_path / "class", "s1/a.py", "s2/b.py")
    secret = laid(tmp_path, "secret.py") / "secret.py"
    (home / "s1" / "link.py").symlink_to(secret)
    (home / "s1" / "folder").symlink_to(tmp_path)
    os.mkfifo(home / "s1" / "pipe.py")
    (home / "s3").symlink_to(tmp_path)
    problems = {one.student.id: (names(one), one.problems) for one in submissions(home)}
    link = "a link, which is not followed; hand in the file itself"
    assert problems["s1"] == (["a.py"], (f"folder: {link}", f"link.py: {link}", "pipe.py: no file; hand in files"))
    assert problems["s2"] == (["b.py"], ())
    assert "s3" not in problems  # a link beside the submissions is no submission


def test_a_name_in_another_encoding(tmp_path: Path) -> None:
    home = laid(tmp_path / "class", "s1/a.py")
    (home / os.fsdecode(b"j\xfcrgen")).mkdir()
    (home / os.fsdecode(b"j\xfcrgen") / "b.py").write_text(TEXT)
    (home / "s1" / os.fsdecode(b"l\xf6sung.py")).write_text(TEXT)
    assert found(home) == {"s1": ["a.py", "lösung.py"], "jürgen": ["b.py"]}


def test_letters_that_a_system_takes_apart_are_one_id(tmp_path: Path) -> None:
    home = laid(tmp_path / "class", "ju\u0308rgen/b.py")
    assert list(found(home)) == ["j\u00fcrgen"]


def test_a_file_that_is_gone_since_it_was_listed_costs_no_other(tmp_path: Path) -> None:
    home = laid(tmp_path / "class", "s1/a.py", "s1/b.py", "s1/c.py")
    pieces = FolderSource(home).pieces("s1")
    first = next(pieces)
    (home / "s1" / "b.py").unlink()
    assert [(piece.name, piece.problem) for piece in (first, *pieces)] == [
        ("a.py", ""),
        ("b.py", "cannot be opened: no such file or directory"),
        ("c.py", ""),
    ]


def test_zips_of_students_within_the_zip_of_the_class(tmp_path: Path) -> None:
    home = laid(tmp_path / "class", "s1/a.py")
    with zipfile.ZipFile(home / "lovelaceada_12_34_homework.zip", "w") as archive:
        archive.writestr("hw\\conv.py", TEXT)
        archive.writestr("../other/answers.yaml", TEXT)
    for path in (home, as_zip(home, around=False)):
        assert found(path)["12"] == ["homework.zip/hw/conv.py"]


def test_a_path_of_one_student_reaches_no_other(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "class.zip", "w") as archive:
        archive.writestr("s1/../s2/answers.yaml", TEXT)
        archive.writestr("s2/a.py", TEXT)
        archive.writestr("../outside.py", TEXT)
    first, second = submissions(tmp_path / "class.zip")
    assert names(first) == []
    assert "leads out" in first.problems[0]
    assert (first.problems[1:], second.problems) == ((), ())


def test_copies_last_until_the_next_and_are_gone_at_the_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    before: list[Path] = []
    for one in submissions(laid(tmp_path / "class", "s1/a.py", "s2/b.py", "s3/c.py")):
        assert not any(root.exists() for root in before)
        assert one.files[0].is_file()
        before.append(one.root)
    assert len(before) == 3
    assert list(scratch.iterdir()) == []


def test_files_that_nobody_handed_in(tmp_path: Path) -> None:
    home = laid(tmp_path / "class", "s1/a.py", "homework.yaml", "graded/results.yaml")
    left = [home / "homework.yaml", home / "s1" / ".." / "graded"]
    assert [one.student.id for one in submissions(home, leave_out=left)] == ["s1"]


@pytest.mark.parametrize(("name", "said"), [("none", "no such file"), ("a.txt", "not a zip file")])
def test_a_path_that_is_no_class(tmp_path: Path, name: str, said: str) -> None:
    (tmp_path / "a.txt").write_text("x")
    with pytest.raises(InputError, match=said):
        list(submissions(tmp_path / name))


def test_a_file_that_became_a_link_since_it_was_listed(tmp_path: Path) -> None:
    home = laid(tmp_path / "class", "s1/a.py")
    (piece,) = FolderSource(home).pieces("s1")
    (home / "s1" / "a.py").unlink()
    (home / "s1" / "a.py").symlink_to("/etc/hostname")
    with pytest.raises(OSError, match="symbolic links"):
        piece.open()
