"""Loading a bank: what lies where, what is wrong with it, and what is near an unknown id."""

from __future__ import annotations

from pathlib import Path

import pytest
from families import HEAD, SUM

from grader.errors import AuthorError
from questions.bank import UnknownId, load_bank, load_family
from questions.topics import shipped_topics, topic_of


def written(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


GOOD = HEAD + SUM


def test_a_broken_family_never_keeps_others_from_loading(tmp_path: Path) -> None:
    files = {
        "nn/good.yaml": GOOD,
        "nn/other.yaml": GOOD,
        "nn/misspelt.yaml": GOOD.replace("title", "titel"),
        "nn/garbled.yaml": GOOD.replace('"n + m"', '"n + q"'),
        "nn/empty.yaml": "",
        "nn/notes.txt": "no family",
        ".git/x.yaml": "no family",
        "sheets/nn.yaml": "no family",
        "quiz.yaml": "a saved quiz beside the topics",
    }
    bank = load_bank([written(tmp_path, files)])
    (tmp_path / "nn/bytes.yaml").write_bytes(b"\xff\xfe")
    bank = load_bank([tmp_path])
    assert sorted(bank.families) == ["nn.good", "nn.other"]
    told = {Path(fault.file).name: str(fault) for fault in bank.faults}
    assert sorted(told) == ["bytes.yaml", "empty.yaml", "garbled.yaml", "misspelt.yaml"]
    assert "garbled.yaml:9:24: `q` is not a name of this question" in told["garbled.yaml"]
    assert "cannot be read as UTF-8 text" in told["bytes.yaml"]


def test_one_family_is_read_alone_where_that_is_safe(tmp_path: Path) -> None:
    files = {"nn/good.yaml": GOOD, "nn/bad.yaml": "", "nn/garbled.yaml": GOOD.replace('"n + m"', '"n + q"')}
    one = written(tmp_path / "one", {**files, "sheets/nn.yaml": GOOD})
    two = written(tmp_path / "two", {"nn/good.yml": GOOD})
    found = load_family("nn.good", [one])
    assert found is not None and (found.id, found.title) == ("nn.good", "A test")
    assert load_family("nn.good", [one, two]) is None  # taken twice: which one, the whole bank says
    for id in ("nn.bad", "nn.garbled", "nn.none", "sheets.nn", "nn", "nn.", "../one/nn.good", "nn/../nn.good", ""):
        assert load_family(id, [one]) is None


def test_a_clash_of_ids_is_reported_and_the_first_kept(tmp_path: Path) -> None:
    one = written(tmp_path / "one", {"nn/sum.yaml": GOOD})
    two = written(tmp_path / "two", {"nn/sum.yaml": GOOD.replace("A test", "Another"), "nn/more.yaml": GOOD})
    bank = load_bank([one, two])
    assert bank.family("nn.sum").title == "A test"
    assert sorted(bank.families) == ["nn.more", "nn.sum"]
    (fault,) = bank.faults
    assert "the id nn.sum is taken by " in fault.message and fault.file.endswith("two/nn/sum.yaml")


@pytest.mark.parametrize(
    ("id", "near"),
    [
        ("nn.suum", ["nn.sum"]),
        ("layers.sum", ["nn.sum"]),  # the right name under another topic
        ("NN.Sum", ["nn.sum"]),
        ("zzzzz", []),
    ],
)
def test_an_unknown_id_suggests_the_nearest(tmp_path: Path, id: str, near: list[str]) -> None:
    bank = load_bank([written(tmp_path, {"nn/sum.yaml": GOOD, "nn/unlike.yaml": GOOD})])
    with pytest.raises(UnknownId) as caught:
        bank.family(id)
    assert list(caught.value.suggestions) == near
    assert ("did you mean 'nn.sum'" in str(caught.value)) == bool(near)


def test_topics_come_in_the_order_of_the_course(tmp_path: Path) -> None:
    bank = load_bank([written(tmp_path, {f"{t}/a.yaml": GOOD for t in ("recurrent", "layers", "my-own")})])
    assert list(bank.topics()) == ["layers", "recurrent", "my-own"]
    assert bank.topics()["my-own"] == ("My own", ["my-own.a"])
    written(tmp_path, {"topics.yaml": "- {id: my-own, title: Mine, prefixes: [mine]}\n"})
    assert load_bank([tmp_path]).topics()["my-own"][0] == "Mine"


@pytest.mark.parametrize("name", ["nn/with space.yaml", "nn/1é!.yaml"])
def test_file_names_are_ids(tmp_path: Path, name: str) -> None:
    (fault,) = load_bank([written(tmp_path, {name: GOOD})]).faults
    assert "expected topic/name.yaml" in fault.message


def test_a_missing_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(AuthorError, match="is no folder"):
        load_bank([tmp_path / "nowhere"])


def test_every_prefix_belongs_to_one_topic() -> None:
    topics = shipped_topics()
    prefixes = [prefix for topic in topics for prefix in topic.prefixes]
    assert len(set(prefixes)) == len(prefixes)
    found = topic_of("conv.size.general", topics)
    assert found is not None and found.id == "convolution"
