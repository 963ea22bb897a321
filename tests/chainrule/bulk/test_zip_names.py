"""Names in zips and on platforms: whatever they are, nothing leads out of the folder that files are put in."""

import io
import zipfile
from pathlib import PurePosixPath
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chainrule.bulk.platforms import named
from chainrule.bulk.zips import Refused, entry_names, safe_path

PIECES = st.sampled_from(["..", ".", "", "a", "ä", "C:", "\\", "/", "answers.yaml", "\x00", "\x1b[2J", "x" * 300])
NAMES = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=30).map("/".join))


@given(NAMES)
def test_a_path_stays_inside_or_is_refused(name: str) -> None:
    try:
        parts = safe_path(name)
    except Refused as error:
        assert str(error).isprintable()
        return
    path = PurePosixPath(*parts)
    assert not path.is_absolute()
    assert ".." not in path.parts
    assert all(part.isprintable() and "/" not in part and "\\" not in part for part in parts)
    assert safe_path("/".join(parts)) == parts


@pytest.mark.parametrize(
    "name",
    ["../a.py", "a/../../b.py", "/etc/a.py", "C:\\a.py", "c:a.py", "\\\\host\\a.py", "a\x00.py", "..\\a.py", "a/" * 30],
)
def test_paths_that_lead_out_or_cannot_be(name: str) -> None:
    with pytest.raises(Refused, match="left out"):
        safe_path(name)


def test_windows_separators_are_folders() -> None:
    assert safe_path("homework\\src\\./conv.py") == ("homework", "src", "conv.py")


@pytest.mark.parametrize("name", ["lösung.py", "解答.py", "plain.py"])
@pytest.mark.parametrize("says_so", [True, False])
def test_names_in_utf8_are_read_whether_the_zip_says_so_or_not(name: str, says_so: bool) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr(name, "x")
    raw = data.getvalue()
    if not says_so:  # the flag stands in the local header and in the list
        raw = raw.replace(b"PK\x03\x04\x14\x00\x00\x08", b"PK\x03\x04\x14\x00\x00\x00")
        raw = raw.replace(b"PK\x01\x02\x14\x03\x14\x00\x00\x08", b"PK\x01\x02\x14\x03\x14\x00\x00\x00")
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        assert not archive.infolist()[0].flag_bits & 0x800 or says_so
        assert [path for path, _ in entry_names(archive)] == [name]


def test_names_in_the_old_encoding_are_read() -> None:
    info = zipfile.ZipInfo("l\x94sung.py")
    info.filename = "lösung.py"
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("l?sung.py", "x")
    raw = data.getvalue().replace(b"l?sung", b"l\x94sung")  # ö in cp437
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        assert [path for path, _ in entry_names(archive)] == ["lösung.py"]


WORDS = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=12)
NUMBERS = st.integers(0, 10**9)
FILES = st.sampled_from(["a.py", "answers.yaml", "my_file_1_2_x.py", "_.py", "hw-1.zip"])


@given(WORDS, st.booleans(), NUMBERS, NUMBERS, FILES)
def test_names_of_canvas_give_back_what_they_were_made_of(who: str, late: bool, id: int, n: int, file: str) -> None:
    found = named(f"{who}{'_LATE' if late else ''}_{id}_{n}_{file}", folder=False)
    assert (found.platform, found.name, found.id, found.late, found.file) == ("canvas", who, str(id), late, file)


@given(st.lists(WORDS, min_size=1, max_size=3).map("_".join), NUMBERS, st.sampled_from(["", "_"]))
def test_folders_of_moodle_give_back_who_it_was(who: str, id: int, end: str) -> None:
    found = named(f"{who}_{id}_assignsubmission_file{end}", folder=True)
    assert (found.platform, found.name, found.id) == ("moodle", normalize("NFC", who), str(id))
    assert named(f"{who}_{id}_assignsubmission_comments{end}", folder=True).ignored


@given(st.text(max_size=300), st.booleans())
def test_any_name_gives_a_short_printable_one(name: str, folder: bool) -> None:
    found = named(name, folder=folder)
    assert found.name.isprintable()
    assert len(found.name) <= 200
