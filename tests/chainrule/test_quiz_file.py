"""Answers as typed in a quiz file, and files that are written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chainrule import files
from chainrule.quizfile import inside
from chainrule.typed_answers import quote_answers
from questions.strict_yaml import load

AS_TYPED = [
    ("26", "26"),
    ("0.10", "0.10"),
    ("[N, K]", "[N, K]"),
    ("(32, 8, 8)", "(32, 8, 8)"),
    ("-y/p", "-y/p"),
    ("@x", "@x"),
    ("*x + &y", "*x + &y"),
    ("|x| + 1", "|x| + 1"),
    ("{0, 1}", "{0, 1}"),
    ("a: b", "a: b"),
    ("no", "no"),
    ("null", "null"),
    ('"a" + "b"', '"a" + "b"'),
    ("X.T @ y   # my guess", "X.T @ y"),
    ('"quoted # text"', "quoted # text"),
    ("'it''s'  # so", "it's"),
    (r"\frac{1}{2}", r"\frac{1}{2}"),
    ("Xᵀ(p − y)", "Xᵀ(p − y)"),
]


def answer_in(text: str) -> object:
    document = load(quote_answers(f"parts:\n  - id: a\n    answer: {text}\n    marks: 1\n"), "quiz.yaml")
    assert document.data["parts"][0]["marks"] == 1
    return document.data["parts"][0]["answer"]


@pytest.mark.parametrize(("written", "read"), AS_TYPED)
def test_a_line_is_read_as_typed(written: str, read: str) -> None:
    assert answer_in(written) == read


@given(st.text(st.characters(codec="utf-8", exclude_categories=["C", "Zl", "Zp"]), min_size=1))
def test_any_line_without_comment_or_quotes_is_read_as_typed(text: str) -> None:
    typed = text.strip()
    if typed and "#" not in typed and typed[0] not in "\"'|>" and not typed.startswith("{"):
        assert answer_in(typed) == typed


@pytest.mark.parametrize("written", ["", "   # later"])
def test_an_empty_place_is_no_answer(written: str) -> None:
    assert answer_in(written) is None


@pytest.mark.parametrize("name", ["conv.py", "my code/conv.py", '"conv.py"', "'conv.py'"])
def test_a_file_may_stand_with_and_without_quotes(name: str) -> None:
    assert answer_in(f"{{file: {name}}}") == {"file": name.strip("\"'")}


CODE = "def f(x):\n    answer: int = [3][0]\n\n    # answer: no\n    return answer\n"


def test_code_in_a_block_is_left_alone() -> None:
    block = "".join(f"      {line}\n" if line else "\n" for line in CODE.splitlines())
    text = f"- id: a\n  answer: |\n{block}- id: b\n  answer: [1]\n"
    data = load(quote_answers(text), "quiz.yaml").data
    assert [item["answer"] for item in data] == [CODE, "[1]"]


def test_a_value_on_several_lines_is_left_to_yaml() -> None:
    text = "answer: one\n  two\nnext: 1\n"
    assert quote_answers(text) == text


def test_lines_keep_their_numbers() -> None:
    text = "a: 1\r\nanswer: [x]\r\n\r\nb: 2"
    assert quote_answers(text) == 'a: 1\nanswer: "[x]"\n\nb: 2'


def test_a_failed_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.yaml"
    files.write(path, "old")

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        files.write(path, "new")
    assert path.read_text() == "old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.yaml"]


def test_a_write_makes_folders_and_obeys_the_umask(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        files.write(tmp_path / "a" / "b.txt", "é")
    finally:
        os.umask(before)
    assert (tmp_path / "a" / "b.txt").read_bytes() == "é".encode()
    assert (tmp_path / "a" / "b.txt").stat().st_mode & 0o777 == 0o640


def test_a_device_is_written_to_and_not_replaced() -> None:
    files.write(Path("/dev/null"), "x")
    assert not Path("/dev/null").is_file()


def test_an_unwritable_place_is_named(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("")
    with pytest.raises(files.InputError, match=r"a/b\.txt: cannot be written: (not a directory|file exists)"):
        files.write(tmp_path / "a" / "b.txt", "x")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"\xff\xfe", r"not UTF-8 text \(byte 0\); save it as UTF-8"),
        (b"x" * (files.MAX_BYTES + 1), "larger than 2 MB"),
        (None, "no such file"),
    ],
)
def test_an_unreadable_file_is_named(data: bytes | None, message: str, tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(files.InputError, match=rf"a\.py: {message}"):
        files.read(path)


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_bytes(b"\xef\xbb\xbfx = 1\n")
    assert files.read(tmp_path / "a.py") == "x = 1\n"


@pytest.mark.parametrize("name", ["../secret.py", "/etc/passwd", "link.py", "deeper/../../secret.py"])
def test_an_answer_file_stays_inside_the_folder(name: str, tmp_path: Path) -> None:
    (tmp_path / "secret.py").write_text("x")
    folder = tmp_path / "quiz"
    (folder / "deeper").mkdir(parents=True)
    (folder / "link.py").symlink_to(tmp_path / "secret.py")
    with pytest.raises(files.InputError, match="outside the folder of the quiz"):
        inside(folder, name)


def test_a_missing_answer_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(files.InputError, match=r"conv\.py: there is no such file beside the quiz"):
        inside(tmp_path, "conv.py")
