"""The record format: what goes in comes out; what is malformed is refused before it is used."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from grader.sandbox.inside.records import PREFIX, Record, RecordError, lengths, pack, unpack
from grader.sandbox.inside.values import DTYPES, array_from, decoded, encoded
from grader.sandbox.received import call_result, load_failure
from grader.sandbox.report import NotAnArray, Raised, Returned, TooLarge, WrongCount, plain

HEADERS = st.dictionaries(st.text(max_size=5), st.integers() | st.text() | st.none(), max_size=4)
ARRAYS = st.sampled_from(sorted(DTYPES)).flatmap(
    lambda name: arrays.arrays(np.dtype(name), arrays.array_shapes(min_dims=0, min_side=0, max_side=4))
)
LEAVES = st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.floats(allow_nan=False) | st.text() | ARRAYS
VALUES = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=3) | st.tuples(inner, inner) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=6,
)


def same(a: Any, b: Any) -> bool:
    """Equal in type and content; NaN equals NaN here, for nothing may be lost on the way."""
    if isinstance(a, np.ndarray):
        return a.dtype == b.dtype and a.shape == b.shape and a.tobytes() == b.tobytes()
    if isinstance(a, list | tuple):
        return type(a) is type(b) and len(a) == len(b) and all(map(same, a, b))
    if isinstance(a, dict):
        return list(a) == list(b) and all(same(a[key], b[key]) for key in a)
    return type(a) is type(b) and a == b


@given(HEADERS, st.binary())
def test_a_record_comes_back_as_it_went(header: dict[str, Any], body: bytes) -> None:
    record = Record(header | {"kind": "case"}, body)
    data = pack(record)
    h, b = lengths(data[: PREFIX.size], header_limit=10**6, body_limit=10**6)
    rest = data[PREFIX.size :]
    assert len(rest) == h + b
    assert unpack(rest[:h], rest[h:]) == record


@given(VALUES)
def test_a_value_comes_back_as_it_went(value: Any) -> None:
    tree, body = encoded(value)
    assert same(decoded(json.loads(json.dumps(tree)), body), value)


def test_a_received_array_is_fresh_and_writable() -> None:
    tree, body = encoded(np.arange(3.0))
    first, second = decoded(tree, body), decoded(tree, body)
    first[:] = 7
    assert second.tolist() == [0, 1, 2]


def test_an_array_keeps_its_entries_whatever_its_layout() -> None:
    original = np.arange(6, dtype=">i4").reshape(2, 3).T[::-1]
    tree, body = encoded(original)
    assert decoded(tree, body).tolist() == original.tolist()


@pytest.mark.parametrize(
    ("value", "kind"), [(Fraction(1, 2), float), (np.float32(1.5), float), (np.int64(3), int), (np.True_, bool)]
)
def test_exact_and_numpy_numbers_become_plain_ones(value: Any, kind: type) -> None:
    tree, body = encoded(value)
    assert (type(tree), body) == (kind, b"")


@pytest.mark.parametrize("value", [object(), {1, 2}, b"bytes", np.array([object()]), lambda: 0])
def test_anything_else_cannot_be_encoded(value: Any) -> None:
    with pytest.raises(TypeError, match="cannot be"):
        encoded(value)


@pytest.mark.parametrize("prefix", [PREFIX.pack(11, 0), PREFIX.pack(10, 21), PREFIX.pack(2**32 - 1, 2**64 - 1)])
def test_a_length_over_its_limit_is_refused(prefix: bytes) -> None:
    with pytest.raises(RecordError, match="at most 10 \\+ 20"):
        lengths(prefix, header_limit=10, body_limit=20)


@pytest.mark.parametrize(
    "header",
    [b"", b"{", b"[]", b'"kind"', b"{}", b'{"kind": 3}', b"\xff", b"[" * 60_000, b'{"kind":' + b"9" * 10_000 + b"}"],
)
def test_a_malformed_header_is_refused(header: bytes) -> None:
    with pytest.raises(RecordError, match="header"):
        unpack(header, b"")


@pytest.mark.parametrize(
    "header",
    [
        None,
        {},
        {"dtype": "float64"},
        {"dtype": "object", "shape": []},
        {"dtype": ["float64"], "shape": []},
        {"dtype": "float64", "shape": "3"},
        {"dtype": "float64", "shape": [-1]},
        {"dtype": "float64", "shape": [True]},
        {"dtype": "float64", "shape": [1.0]},
        {"dtype": "float64", "shape": [2**50]},
        {"dtype": "float64", "shape": [1] * 40},
        {"dtype": "float64", "shape": [2**40, 2**40]},
        {"dtype": "float64", "shape": [0, 2**47, 2**47]},
        {"dtype": "float64", "shape": [2]},
    ],
)
def test_a_malformed_array_is_refused(header: Any) -> None:
    with pytest.raises(RecordError, match="array"):
        array_from(header, bytes(8), 0)


def returned(*items: Any, body: bytes = b"") -> Record:
    return Record({"kind": "returned", "items": list(items)}, body)


def test_received_records_become_plain_data() -> None:
    arrived = {"dtype": "float64", "shape": [1], "sent": True}
    large = {"dtype": "float64", "shape": [9, 9], "sent": False}
    result = call_result(returned(arrived, large, {"type": "list"}, body=np.ones(1).tobytes()), outputs=3)
    assert isinstance(result, Returned)
    assert np.asarray(result.items[0]).tolist() == [1]
    assert result.items[1:] == (TooLarge("float64", (9, 9)), NotAnArray("list"))
    other = Record({"kind": "returned", "type": "dict", "count": None})
    assert call_result(other, outputs=1) == WrongCount("dict", None)


def test_received_text_is_one_printable_line() -> None:
    record = Record({"kind": "raised", "type": "E\x1b[2J", "message": "a\nb\u202e" + "x" * 1000, "line": "3"})
    result = call_result(record, outputs=1)
    assert isinstance(result, Raised)
    assert result.problem.type == "E [2J"
    assert result.problem.message.startswith("a b x") and len(result.problem.message) <= 401
    assert result.problem.line is None


@pytest.mark.parametrize(
    "record",
    [
        Record({"kind": "right", "score": 1}),
        returned(),
        returned({"dtype": "float64", "shape": [1], "sent": True}),
        returned({"dtype": "float64", "shape": [], "sent": True}, body=bytes(9)),
        returned("array"),
        Record({"kind": "returned", "items": {}}),
    ],
)
def test_a_malformed_answer_is_refused(record: Record) -> None:
    with pytest.raises(RecordError):
        call_result(record, outputs=1)


@pytest.mark.parametrize(
    "header", [{"kind": "loaded"}, {"kind": "failed"}, {"kind": "failed", "at": "entry", "found": 1}]
)
def test_a_malformed_failure_is_refused(header: dict[str, Any]) -> None:
    with pytest.raises(RecordError, match="no failure"):
        load_failure(Record(header))


def test_plain_text_is_text_only() -> None:
    assert plain(["x"]) == ""
    assert plain("x" * 10, 4) == "xxxx…"
