"""Digests of files: seen are content and place below the folder, not where the folder lies."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.sources import files_digest, package_version


def digest_of(home: Path, files: dict[str, str]) -> str:
    for name, text in files.items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(text, encoding="utf-8")
    return files_digest(home, [home / name for name in files])


FILES = {"a.py": "1", "b/a.py": "2"}


@pytest.mark.parametrize(
    "other",
    [
        {"a.py": "1"},
        {"a.py": "1", "b/a.py": "3"},
        {"a.py": "2", "b/a.py": "1"},
        {"a.py": "1", "c/a.py": "2"},
        {"a.py": "1", "b/a.py": "2", "c.py": ""},
        {"a.py": "12", "b/a.py": ""},
    ],
)
def test_other_contents_and_places_have_another_digest(tmp_path: Path, other: dict[str, str]) -> None:
    assert digest_of(tmp_path / "one", FILES) != digest_of(tmp_path / "two", other)


def test_order_and_home_do_not_matter(tmp_path: Path) -> None:
    turned = dict(reversed(FILES.items()))
    assert digest_of(tmp_path / "one", FILES) == digest_of(tmp_path / "deeper" / "two", turned)


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="none"):
        files_digest(tmp_path, [tmp_path / "none.py"])


def test_a_name_that_is_no_text_counts_too(tmp_path: Path) -> None:
    assert digest_of(tmp_path, {"\udcff.py": ""}) != digest_of(tmp_path, {"\udcfe.py": ""})


def test_a_package_that_is_not_there_has_no_version() -> None:
    assert package_version("numpy")[0].isdigit()
    assert package_version("no-such-package") == ""
