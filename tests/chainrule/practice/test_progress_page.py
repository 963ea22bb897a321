"""Progress over months: what is no longer declared is left out, and points stand at their days."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from chainrule.dates import local_now
from chainrule.progress_page import curve_svg
from chainrule.progressing import progress
from chainrule.standing import standing
from chainrule.store.opening import open_store
from chainrule.store.records import Attempt, Item
from chainrule.store.store import Store
from questions.bank import Bank, load_bank

FAMILY = """
title: Twice
course: [supervised.gradient-descent]
level: 2
source: "nobody"
draw: {n: {integer: [3, 90]}}
prompt: What is twice {n}?
answer: {integer: "2*n"}
mistakes:
  - {name: once, key: "n", says: "That is once."}
  - {name: thrice, key: "3*n", says: "That is 3 times {n}."}
"""


@pytest.fixture
def bank(tmp_path: Path) -> Bank:
    (tmp_path / "up").mkdir()
    (tmp_path / "up" / "twice.yaml").write_text(FAMILY)
    return load_bank([tmp_path])


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(str(tmp_path / "store.db")) as found:
        yield found


def answered(store: Store, at: datetime, mistake: str, feedback: str = "[]") -> None:
    item = Item("up.twice", "v", 1, "{}", "practice", at=at)
    slip = {"mistake": mistake, "feedback": feedback}
    store.add(item, Attempt(item.id, "a", "integer", "1", "wrong", 0.0, 1.0, seconds=60.0, at=at, **slip))


def test_a_mistake_that_is_no_longer_declared_is_not_told(store: Store, bank: Bank) -> None:
    at = local_now()
    for name in ("once", "once", "renamed", "renamed"):
        answered(store, at, name)
    found = progress(standing(store, bank, at), bank)
    assert [(one.name, one.says, one.times) for one in found.mistakes] == [("once", "That is once.", 2)]


def test_a_mistake_whose_sentence_is_drawn_is_told_as_it_was_the_last_time(store: Store, bank: Bank) -> None:
    at = local_now()
    for number in (4, 5):
        says = {"says": f"That is 3 times {number}.", "name": "thrice"}
        answered(store, at + timedelta(seconds=number), "thrice", json.dumps([["mistake", says]]))
    [one] = progress(standing(store, bank, at + timedelta(minutes=1)), bank).mistakes
    assert (one.title, one.says) == ("Twice", "That is 3 times 5.")


def test_points_of_the_forecast_stand_at_their_days(store: Store, bank: Bank) -> None:
    at = local_now()
    for back in range(80):
        answered(store, at - timedelta(days=back), "")
    found = progress(standing(store, bank, at), bank)
    assert len(found.curve) < 40
    text = re.sub(r"<[^>]*>", " ", str(curve_svg(found, at)))
    assert "days from today" in text
    assert re.search(r"[−-]60", text)
    assert curve_svg(replace(found, curve=found.curve[:1]), at) == ""
