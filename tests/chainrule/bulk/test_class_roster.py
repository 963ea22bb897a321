"""Lists of a class, as people write them and as platforms export them."""

from pathlib import Path

import pytest

from chainrule.bulk.records import Student
from chainrule.bulk.roster import Roster, read_roster
from chainrule.files import InputError


def read(tmp_path: Path, text: str, encoding: str = "utf-8") -> Roster:
    path = tmp_path / "class.csv"
    path.write_bytes(text.encode(encoding))
    return read_roster(path)


CANVAS = 'Student,ID,SIS User ID,SIS Login ID,Section\n    Points Possible,,,,\n"Lovelace, Ada",12,s1,ada,A\n'
MOODLE = "Identifier,Full name,Email address,Status\nParticipant 12,Ada Lovelace,ada@x.org,Submitted\n"


@pytest.mark.parametrize(
    ("text", "student"),
    [
        ("id,name,email,canvas id\ns1,Ada Lovelace,ada@x.org,12\n", Student("s1", "Ada Lovelace", "ada@x.org", "12")),
        ("Student_ID;First Name;Last name\r\n s1 ;Ada;Lovelace\r\n;;\r\n", Student("s1", "Ada Lovelace")),
        ("id,name\nJu\u0308rgen,A\n", Student("J\u00fcrgen", "A")),
        (CANVAS, Student("s1", "Lovelace, Ada", "", "12")),
        (MOODLE, Student("ada@x.org", "Ada Lovelace", "ada@x.org", "12")),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_lists(tmp_path: Path, text: str, student: Student, encoding: str) -> None:
    assert read(tmp_path, text, encoding).students == (student,)


@pytest.mark.parametrize("name", ["S1", "12", "ada@x.org", "ada", "Ada Lovelace", "lovelaceada", "LOVELACE, ADA"])
def test_a_student_is_known_by(tmp_path: Path, name: str) -> None:
    known = read(tmp_path, "id,name,email,canvas id\ns1,Ada Lovelace,ada@x.org,12\ns2,Eve,,\n")
    found = known.named(name)
    assert found is not None
    assert found.id == "s1"


def test_what_two_share_tells_nobody(tmp_path: Path) -> None:
    known = read(tmp_path, "id,name\ns1,Ada Smith\ns2,Ada Smith\n")
    assert known.named("Ada Smith") is None
    assert known.begun_by("s2-homework_3.final") == known.students[1]
    assert known.begun_by("s22") is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "it is empty; expected a line such as id,name"),
        ("id,name\n", "no students"),
        ("grade,section\n1,2\n", "no column tells students apart; came grade, section"),
        ("id,name\ns1,A\nS1,B\n", "the id 'S1' is given twice"),
        ("id,name\n,A\n", "row 2 has no id"),
        ('id,name\n"s1,A\n', "not a CSV file"),
    ],
)
def test_lists_that_cannot_be_read(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        read(tmp_path, text)
