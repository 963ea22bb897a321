"""The items of the course, and which of them have questions of which kinds."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from families import HEAD, SUM

from chainrule import cli
from chainrule.options import Exit
from questions.bank import load_bank
from questions.course import ASKED_BY, Ask, Item, asked, shipped_course
from questions.coverage import UnknownTopic, coverage, items_of
from questions.schema_answers import Answer
from questions.topics import shipped_topics, topic_of


def test_every_item_has_its_own_id_and_a_topic() -> None:
    ids = [item.id for item in shipped_course()]
    assert len(ids) == len(set(ids)) == 271
    assert [id for id in ids if topic_of(id, shipped_topics()) is None] == []


def test_shipped_questions_name_items_of_the_course() -> None:
    ids = {item.id for item in shipped_course()}
    named = {(family.id, id) for family in load_bank().families.values() for id in family.course}
    assert sorted((family, id) for family, id in named if id not in ids) == []


def test_every_kind_of_answer_asks_in_some_way() -> None:
    assert set(ASKED_BY) == set(Answer.kinds)
    assert asked(["shape", "statements", "integer"]) == (Ask.NUMBER, Ask.CHOICE)


def test_an_item_lists_its_families_and_the_kinds_that_they_lack(tmp_path: Path) -> None:
    (tmp_path / "nn").mkdir()
    for name in ("b", "a"):
        (tmp_path / "nn" / f"{name}.yaml").write_text(HEAD + SUM, encoding="utf-8")
    asks = (Ask.FORMULA, Ask.NUMBER)
    items = [Item(id="nn.test", name="Test", asks=asks), Item(id="nn.other", name="Other", asks=asks)]
    test, other = coverage(load_bank([tmp_path]), items)
    assert (test.families, test.missing) == (("nn.a", "nn.b"), (Ask.FORMULA,))
    assert (other.families, other.missing) == ((), asks)


def test_items_can_be_chosen_by_topic() -> None:
    ids = {item.id.partition(".")[0] for item in items_of(["supervised"], shipped_course())}
    assert ids == {"supervised", "linreg", "logreg"}
    assert items_of([], shipped_course()) == shipped_course()
    with pytest.raises(UnknownTopic, match=r"'convolutions'\. Did you mean 'convolution'"):
        items_of(["convolutions"], shipped_course())


def test_the_command_gives_families_by_item(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "nn").mkdir()
    (tmp_path / "nn" / "a.yaml").write_text((HEAD + SUM).replace("nn.test", "nn.chain-rule"), encoding="utf-8")
    words = ["--bank", str(tmp_path), "bank", "coverage", "foundations"]
    assert cli.run([*words, "--json"]) == Exit.NOT_RIGHT  # other items have none
    found = json.loads(capsys.readouterr().out)
    assert found["nn.chain-rule"] == ["nn.a"]
    assert found["nn.composition"] == []
    assert all(id.startswith(("nn.", "notation.")) for id in found)
    assert cli.run([*words, "--gaps"]) == Exit.NOT_RIGHT
    shown = capsys.readouterr().out
    assert "without a question" in shown and "Network as" in shown


def test_an_unknown_topic_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["bank", "coverage", "layer"]) == Exit.USAGE
    assert "Did you mean 'layers'" in capsys.readouterr().err
