"""Strict YAML: what is read, what is refused, and where each value stands."""

from __future__ import annotations

import time
from typing import Any

import pytest

from questions.document import Place
from questions.faults import FaultError
from questions.strict_yaml import MAX_CHARACTERS, load


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("x: no", "no"),
        ("x: off", "off"),
        ("x: True", "True"),  # only the small spelling is a truth value
        ("x: true", True),
        ("x: null", None),
        ("x:", None),
        ("x: 1e-5", 1e-5),
        ("x: -.5", -0.5),
        ("x: +3", 3),
        ("x: 12.", 12.0),
        ("x: 010", "010"),  # neither 8 nor 10
        ("x: 0x1F", "0x1F"),
        ("x: 1_000", "1_000"),
        ("x: 1:30", "1:30"),
        ("x: 2024-01-01", "2024-01-01"),
        ("x: e5", "e5"),
        ("x: .inf", ".inf"),
        ("x: '1'", "1"),
        ('x: "no: yes"', "no: yes"),
        ("x: |\n  a # b\n   c\n", "a # b\n c\n"),
        ("x: {a: 1, b: [true, N, digits-cnn, two words]}", {"a": 1, "b": [True, "N", "digits-cnn", "two words"]}),
        ("x: σ(w)", "σ(w)"),
    ],
)
def test_values_are_what_they_say(text: str, value: Any) -> None:
    found = load(text, "f.yaml").data["x"]
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("a: 1\nb: 2\na: 3", "f.yaml:3:1: the key 'a' is given twice, first on line 1; keep one"),
        ("x: {f: {a: 1, a: 2}}", "f.yaml:1:15: the key 'a' is given twice"),
        ("x: {key: max(x, 0)}", "f.yaml:1:10: 'max(x' stands unquoted inside [ ] or { }"),
        ("x: [x - y]", "f.yaml:1:5: 'x - y' stands unquoted"),
        ("x: [1/2]", "f.yaml:1:5: '1/2' stands unquoted"),
        ("x: {f}", "f.yaml:1:6: 'f' has no value; quote a text that holds commas or braces"),
        ("x: {f}(z)", "f.yaml:1:6: 'f' has no value; quote a text that holds commas or braces"),
        (
            "x: [a] b",
            "f.yaml:1:8: not YAML: while parsing a block mapping: did not find expected key; a text that begins",
        ),
        ("a: &x 1\nb: *x", "f.yaml:1:4: the anchor &x"),
        ("a: *x", "f.yaml:1:4: the alias *x"),
        ("a: !!int 3", "f.yaml:1:4: the tag tag:yaml.org,2002:int"),
        ("<<: {a: 1}", "f.yaml:1:1: a merge key"),
        ("[a]: 3", "f.yaml:1:1: a collection as a key"),
        ("a: 1\n---\nb: 2", "f.yaml:2:1: a second document begins"),
        ("", "f.yaml: the file is empty"),
        ("# only a comment\n", "f.yaml: the file is empty"),
        ("a: b: c", "f.yaml:1:5: not YAML: mapping values are not allowed in this context; a text with ': '"),
        ("a:\n\t- b", "f.yaml:2:1: not YAML: while scanning for the next token: found character that cannot start"),
        ("é: \x07", "f.yaml:1:4: the control character '\\x07'"),
        ("a: 1e999", "f.yaml:1:4: the number 1e999 is too large"),
        ("a: " + "9" * 31, "f.yaml:1:4: a number of 31 characters; at most 30 are read"),
        ("x" * (MAX_CHARACTERS + 1), f"f.yaml: {MAX_CHARACTERS + 1} characters; at most {MAX_CHARACTERS} are read"),
        ("\n".join(f"- {i}" for i in range(20_001)), "f.yaml:20000:3: more than 20000 values in one file"),
    ],
)
def test_what_is_not_meant_is_refused_with_its_place(text: str, fault: str) -> None:
    with pytest.raises(FaultError) as caught:
        load(text, "f.yaml")
    assert str(caught.value).startswith(fault)


def test_places_count_from_one_and_lead_into_collections() -> None:
    document = load("a: 1\nb:\n  - x\n  - {c: 'd'}\n", "f.yaml")
    assert document.places[("b", 1, "c")] == Place(4, 9, quoted=True)
    assert document.keys[("b", 1, "c")] == Place(4, 6)
    assert document.place(("b", 1, "c", "deeper", 3)) == Place(4, 9, quoted=True)  # the nearest place around it


@pytest.mark.parametrize(
    ("text", "offset", "place"),
    [
        ("x: abc", 2, "1:6"),
        ("x: 'abc'", 2, "1:7"),
        ("x: |\n  ab\n  cd\n", 4, "3:4"),
        ("x: |\n\n  ab\n    cd\n", 7, "4:6"),  # a blank line first, then two more spaces
        ("y:\n  x: |\n    ab\n", 0, "3:5"),
    ],
)
def test_a_fault_points_into_a_text(text: str, offset: int, place: str) -> None:
    path = ("y", "x") if text.startswith("y") else ("x",)
    fault = load(text, "f").fault(path, "here", offset=offset)
    assert f"{fault.line}:{fault.column}" == place


def test_billion_laughs_and_deep_nesting_end_at_once() -> None:
    laughs = "a: &a [x, x]\n" + "".join(
        f"{chr(98 + i)}: &{chr(98 + i)} [*{chr(97 + i)}, *{chr(97 + i)}]\n" for i in range(20)
    )
    start = time.perf_counter()
    for text in (laughs, "[" * 100_000, "{a: " * 30_000, "- " * 50_000):
        with pytest.raises(FaultError):
            load(text, "f.yaml")
    assert time.perf_counter() - start < 2
