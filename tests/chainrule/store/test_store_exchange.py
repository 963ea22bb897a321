"""An export holds everything, goes into any store, and goes in as a whole or not at all."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from record_strategies import families_of_records

from chainrule.store import exchange, wire
from chainrule.store.errors import StoreError
from chainrule.store.exchange import Counts, exported, imported
from chainrule.store.opening import open_store
from chainrule.store.records import Attempt, Exam, Item, Record, Setting
from chainrule.store.store import Store

HEAD = '{"record": "chainrule", "format": 1}'
SETTING = '{"record": "setting", "name": "a", "value": "b", "at": "2026-01-01T00:00:00+00:00", "id": "s"}'
ITEM = Item("layers.dense", "v", 1, "", "practice", id="i")
ATTEMPT = Attempt("i", "a", "formula", "x\u2028σ\x00\ud800", "wrong", 0.5, 2.0, id="t")


def changed(record: Record, **values: object) -> str:
    """The line of a record with other values; None leaves the field out."""
    data = {**json.loads(wire.line(record)), **values}
    return json.dumps({name: value for name, value in data.items() if value is not None})


@given(families_of_records())
@settings(deadline=None, max_examples=100)
def test_a_line_is_ascii_and_read_as_the_record(made: tuple[Record, ...]) -> None:
    for record in made:
        line = wire.line(record)
        assert line.isascii() and line.isprintable()
        assert line.startswith(f'{{"record": "{type(record).__name__.lower()}", ')
        assert wire.read(line) == record


@given(families_of_records())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=15)
def test_an_export_goes_into_another_store_and_out_again(
    store: Store, tmp_path_factory: pytest.TempPathFactory, made: tuple[Record, ...]
) -> None:
    store.add(*made)
    lines = list(exported(store))
    assert lines[0] == HEAD
    assert set(map(wire.line, made)) <= set(lines)
    with open_store(str(tmp_path_factory.mktemp("copy") / "copy.db")) as copy:
        counts = imported(copy, (f"{line}\n" for line in lines))
        assert sum(counts.new.values()) == len(lines) - 1
        assert counts.known == {}
        assert list(exported(copy)) == lines
        assert imported(copy, lines) == Counts(known=counts.new)
    assert imported(store, lines) == Counts(known=counts.new)


def test_what_is_there_is_counted_and_left_as_it_is(store: Store) -> None:
    store.add(ITEM)
    lines = [HEAD, "", changed(ITEM, family="other"), wire.line(ATTEMPT), "  ", HEAD, SETTING]
    assert imported(store, lines) == Counts({"attempt": 1, "setting": 1}, {"item": 1})
    assert store.judged()[0].item == ITEM
    assert store.judged()[0].attempt == ATTEMPT


def test_within_a_batch_the_order_of_lines_is_of_no_account(store: Store) -> None:
    assert imported(store, [f"\ufeff{HEAD}", wire.line(ATTEMPT), wire.line(ITEM)]).new == {"attempt": 1, "item": 1}
    later = Item("layers.dense", "v", 1, "", "practice", id="later")
    lines = [HEAD, changed(ATTEMPT, id="u", item="later"), wire.line(later), changed(ATTEMPT, id="w", item="nowhere")]
    with pytest.raises(StoreError, match="line 4: attempt 'w' refers to item 'nowhere'"):
        imported(store, lines)


BAD = [
    ("{", "not JSON"),
    ("[" * 100_000, "not JSON"),
    ("[1]", 'came [1], expected {"record": ...}'),
    ("{}", "record: came null, expected one of item, attempt,"),
    ('{"record": "note"}', 'record: came "note", expected one of item, attempt,'),
    ('{"record": ["item"]}', 'record: came ["item"], expected one of'),
    ('{"record": "chainrule", "format": 2}', "format: came 2, expected 1; update Chainrule"),
    (changed(ITEM, id=None), "item: id is missing"),
    (changed(ITEM, id=""), "item: id is empty"),
    (changed(ATTEMPT, item=""), "attempt: item is empty"),
    (changed(ITEM, weight=3), "item: 'weight' is no field of it; update Chainrule"),
    (changed(ITEM, family=3), "item: family: came 3, expected text"),
    (changed(ITEM, seed=1.5), "item: seed: came 1.5, expected a whole number"),
    (changed(ITEM, seed=True), "item: seed: came true, expected a whole number"),
    (changed(ITEM, number=-1), "item: number: came -1, expected 0 to 2147483647"),
    (changed(ATTEMPT, hints=2**31), "attempt: hints: came 2147483648, expected 0 to 2147483647"),
    (changed(ITEM, mode="nap"), 'item: mode: came "nap", expected one of practice, exam, quiz'),
    (changed(ITEM, mode=["nap"]), 'item: mode: came ["nap"], expected one of'),
    (changed(ITEM, at="2026-01-01T00:00:00"), 'item: at: came "2026-01-01T00:00:00", expected a time with its zone'),
    (changed(ITEM, at="0001-01-01T00:00:00+09:00"), "item: at: came"),
    (changed(ITEM, at=5), "item: at: came 5, expected a time with its zone"),
    (changed(ATTEMPT, score="1"), 'attempt: score: came "1", expected a number'),
    (changed(ATTEMPT, score=10**400), "attempt: score: came 1000"),
    (changed(ATTEMPT, answer="x" * 99, score=[9] * 99), "..., expected a number"),
    ('{"record": "item", "seed": NaN}', "not JSON (NaN is no number)"),
    ('{"record": "attempt", "score": 1e999}', "attempt: item is missing"),
    (changed(ATTEMPT, score=2.5).replace("2.5", "1e999"), "attempt: score: came Infinity, expected a number"),
    (changed(ITEM, exam="f"), "item 'i' refers to exam 'f', which is neither in the store nor above it"),
    (wire.line(ATTEMPT), "attempt 't' refers to item 'i', which is neither in the store nor above it"),
]


@pytest.mark.parametrize(("line", "said"), BAD, ids=range(len(BAD)))
def test_a_bad_line_is_named_and_nothing_is_imported(line: str, said: str, sqlite_url: str) -> None:
    with open_store(sqlite_url) as store:
        with pytest.raises(StoreError) as caught:
            imported(store, [HEAD, SETTING, "", line, SETTING])
        assert str(caught.value).startswith("line 4: ")
        assert said in str(caught.value)
        assert len(str(caught.value)) < 400
        assert store.learners() == ()


def test_a_dangling_line_of_a_later_batch_undoes_the_earlier_ones(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exchange, "BATCH", 2)
    lines = [HEAD, *(changed(ITEM, id=f"i{number}") for number in range(5)), wire.line(ATTEMPT)]
    with pytest.raises(StoreError, match="line 7: attempt 't' refers to item 'i'"):
        imported(store, lines)
    assert store.items() == ()
    assert imported(store, lines[:-1]).new == {"item": 5}


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([], "empty: an export of Chainrule has at least a first line"),
        (["\n", " "], "empty: an export"),
        ([SETTING], f"line 1: no export of Chainrule: it begins with {HEAD}"),
    ],
)
def test_what_is_no_export_is_refused(lines: list[str], said: str, sqlite_url: str) -> None:
    with open_store(sqlite_url) as store, pytest.raises(StoreError) as caught:
        imported(store, lines)
    assert str(caught.value).startswith(said)


def test_a_file_that_is_no_text_is_refused(sqlite_url: str, tmp_path: Path) -> None:
    path = tmp_path / "export.jsonl"
    path.write_bytes(f"{HEAD}\n{SETTING}\n".encode() + b"\xff" * 10_000)
    with open_store(sqlite_url) as store, path.open(encoding="utf-8") as lines:
        with pytest.raises(StoreError, match="not UTF-8 text; an export is plain ASCII"):
            imported(store, lines)
        assert store.learners() == ()


def test_fields_that_were_added_later_may_be_missing(store: Store) -> None:
    imported(store, [HEAD, changed(ITEM, learner=None, exam=None, number=None)])
    assert store.items() == (ITEM,)


def test_an_export_shows_one_moment(store: Store) -> None:
    store.add(ITEM, ATTEMPT)
    lines = exported(store)
    begun = [next(lines), next(lines)]
    store.add(Exam("f", "t", "{}", 0), Item("x.y", "v", 1, "", "exam", exam="f"), Setting("a", "b"))
    assert [*begun, *lines] == [HEAD, wire.line(ITEM), wire.line(ATTEMPT)]
    assert len(list(exported(store))) == 6


def test_an_export_and_an_import_hold_few_records_at_once(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exchange, "BATCH", 100)

    def lines(n: int) -> Iterator[str]:
        yield HEAD
        for number in range(n):
            yield changed(ITEM, id=f"i{number}", values="x" * 1000)

    def most(n: int) -> float:
        """Megabytes that were held at once."""
        tracemalloc.start()
        imported(store, lines(n))
        assert sum(1 for _ in exported(store)) == n + 1
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak / 1e6

    most(100)
    assert most(3000) < 1.5  # the records have 4 MB
