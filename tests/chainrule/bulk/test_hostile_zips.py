"""Zips that mean harm, or went wrong: bounded, told to the student, and nothing outside is touched."""

import io
import os
import stat
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from chainrule.bulk.intake import submissions
from chainrule.bulk.records import Submitted
from chainrule.bulk.taking import Limits

GOOD = "x = 1\n"
SMALL = Limits(entries=50, bytes=3_000_000, file_bytes=1_000_000, ratio=50, small=10_000, depth=2)


def packed(**files: str | bytes) -> bytes:
    return zip_of({name.replace("__", "."): text for name, text in files.items()})


def zip_of(files: dict[str, str | bytes], **options: int) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED, **options) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return data.getvalue()


def taken(tmp_path: Path, data: bytes, limits: Limits = SMALL) -> tuple[dict[str, str], str]:
    """What a class of one who handed in this zip and one who is honest comes to."""
    home = tmp_path / "class"
    home.mkdir()
    (home / "mallory.zip").write_bytes(data)
    (home / "alice.py").write_text(GOOD)
    found = {}
    for one in submissions(home, limits=limits):
        found[one.student.id] = (contents(one), " | ".join(one.problems))
    assert found["alice"] == ({"alice.py": GOOD}, "")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["class"]
    return found["mallory"]


def contents(submitted: Submitted) -> dict[str, str]:
    assert all(file.is_relative_to(submitted.root) and not file.is_symlink() for file in submitted.files)
    return {file.relative_to(submitted.root).as_posix(): file.read_text() for file in submitted.files}


def test_a_file_that_unpacks_to_far_more_is_left_out(tmp_path: Path) -> None:
    files, problems = taken(tmp_path, zip_of({"a.py": GOOD, "bomb.py": b"0" * 900_000}))
    assert files == {"mallory.zip/a.py": GOOD}
    assert "bomb.py: unpacks to more than 50 times its size" in problems


def test_a_file_that_is_too_large_is_left_out(tmp_path: Path) -> None:
    _, problems = taken(tmp_path, zip_of({"big.py": os.urandom(1_100_000)}))
    assert "big.py: larger than 1 MB" in problems


def test_all_files_together_are_bounded(tmp_path: Path) -> None:
    files, problems = taken(tmp_path, zip_of({f"{n}.py": os.urandom(950_000).hex()[:950_000] for n in range(5)}))
    assert len(files) == 3
    assert "more than 3 MB in all" in problems


def test_zips_within_zips_are_opened_so_far(tmp_path: Path) -> None:
    deep = {"a.py": GOOD, "in.zip": zip_of({"b.py": GOOD, "in.zip": zip_of({"c.py": GOOD})})}
    files, problems = taken(tmp_path, zip_of(deep))
    assert files == {"mallory.zip/a.py": GOOD, "mallory.zip/in.zip/b.py": GOOD}
    assert "more than 2 zip files within each other" in problems


def test_zips_that_branch_share_one_bound(tmp_path: Path) -> None:
    data = zip_of({"a.py": GOOD})
    for _ in range(5):
        data = zip_of({f"{n}.zip": data for n in range(16)})
    begun = time.perf_counter()
    files, problems = taken(tmp_path, data, Limits(entries=200, depth=6))
    assert len(files) <= 200
    assert "more than 200 files" in problems
    assert time.perf_counter() - begun < 5


def test_a_hundred_thousand_entries_are_not_even_listed(tmp_path: Path) -> None:
    entry = b"PK\x01\x02" + b"\0" * 24 + b"\x08\0" + b"\0" * 16 + b"00000.py"  # 54 bytes each, as a bomb writes them
    size = len(entry) * 100_000
    end = b"PK\x05\x06" + b"\0" * 8 + size.to_bytes(4, "little") + b"\0" * 4 + b"\0\0"
    files, problems = taken(tmp_path, entry * 100_000 + end)
    assert (files, problems) == ({}, "mallory.zip: too many files in it: their list alone has 5.4 MB, at most 4")


def test_many_entries_are_cut_off(tmp_path: Path) -> None:
    files, problems = taken(tmp_path, zip_of({f"{n:03}.py": GOOD for n in range(80)}))
    assert len(files) == 49  # the zip itself is one
    assert problems == "more than 50 files; the others are left out"


@pytest.mark.parametrize("name", ["../../evil.py", "/tmp/evil.py", "C:\\evil.py", "a/../../../evil.py"])
def test_names_that_lead_out_are_left_out(tmp_path: Path, name: str) -> None:
    files, problems = taken(tmp_path, zip_of({name: "bad", "a.py": GOOD}))
    assert files == {"mallory.zip/a.py": GOOD}
    assert "evil.py: " in problems


@pytest.mark.parametrize(
    ("kind", "said"), [(stat.S_IFLNK, "a link"), (stat.S_IFIFO, "no file"), (stat.S_IFCHR, "no f")]
)
def test_links_and_devices_are_left_out(tmp_path: Path, kind: int, said: str) -> None:
    info = zipfile.ZipInfo("evil.py")
    info.external_attr = (kind | 0o777) << 16
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr(info, "/etc/passwd")
    files, problems = taken(tmp_path, data.getvalue())
    assert files == {}
    assert f"mallory.zip/evil.py: {said}" in problems


def test_of_a_name_that_comes_twice_the_last_counts_and_that_is_said(tmp_path: Path) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("a.py", "old")
        archive.writestr("a.py", GOOD)
    assert taken(tmp_path, data.getvalue()) == (
        {"mallory.zip/a.py": GOOD},
        "mallory.zip/a.py: came twice under this name; the last one counts",
    )


def test_a_file_and_a_folder_of_one_name(tmp_path: Path) -> None:
    files, problems = taken(tmp_path, zip_of({"a.py": GOOD, "a.py/b.py": GOOD}))
    assert files == {"mallory.zip/a.py": GOOD}
    assert "a.py/b.py: a file has the name of its folder" in problems


def encrypted(data: bytes) -> bytes:
    at = data.index(b"PK\x01\x02") + 8
    return data[:6] + b"\x01" + data[7:at] + b"\x01" + data[at + 1 :]


BROKEN: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "encrypted": (encrypted, "protected by a password"),
    "cut off": (lambda data: data[:-30], "not a zip file, or a damaged one"),
    "no zip": (lambda data: b"Rar!" + bytes(100), "not a zip file"),
    "empty": (lambda data: b"", "not a zip file"),
    "changed bytes": (lambda data: data[:40] + bytes(8) + data[48:], "damaged"),
    "false start": (lambda data: bytes(4) + data[4:], "damaged"),
    "other packing": (lambda data: data.replace(b"\x08\0", b"\x0e\0"), "packed in a way that is not read"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_what_cannot_be_unpacked_is_said(tmp_path: Path, case: str) -> None:
    change, said = BROKEN[case]
    files, problems = taken(tmp_path, change(zip_of({"answers.yaml": "quiz: 1\n" * 20})))
    assert files == {}
    assert said in problems


def test_hundreds_of_problems_are_counted(tmp_path: Path) -> None:
    _, problems = taken(tmp_path, zip_of({f"../{n}.py": "" for n in range(40)}))
    assert problems.endswith("20 more things could not be taken")


def test_other_archives_and_documents_are_named(tmp_path: Path) -> None:
    assert "of packed files only zip" in taken(tmp_path, zip_of({"a.7z": "x"}))[1]


def test_what_holds_no_answers_is_named(tmp_path: Path) -> None:
    files, problems = taken(tmp_path, zip_of({"report.pdf": "x", "__MACOSX/._a.py": "x", ".git/a.py": "x"}))
    assert files == {}
    assert problems.startswith("nothing can be graded in mallory.zip/report.pdf; answers.yaml")


def test_a_full_disk_is_nobodys_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("chainrule.bulk.taking.Taking._copy", full)
    with pytest.raises(OSError, match="No space"):
        taken(tmp_path, zip_of({"a.py": GOOD}))
