"""The schema: what editors are told about it, and short forms that stand for long ones."""

from __future__ import annotations

from typing import Any

import pytest
from families import HEAD

from questions.schema import FamilySpec, PartSpec, json_schema
from questions.schema_answers import Answer
from questions.strict_yaml import load
from questions.validation import field_names, validated


def spec(body: str) -> FamilySpec:
    return validated(FamilySpec, load(HEAD + body, "f.yaml"))


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ('answer: {formula: "x"}', 'answer: {formula: {key: "x", same_domain: false}}'),
        ("answer: {number: 0.5}", 'answer: {number: {key: "0.5", digits: 3}}'),
        ("answer: {integer: 1e-5}", 'answer: {integer: {key: "0.00001"}}'),
        ("course: nn.test", "course: [nn.test]"),
        ("symbols: {x: [K]}", "symbols: {x: {shape: [K], domain: real, first: 1}}"),
        ("symbols: {x: {shape: [], domain: unit}}", "symbols: {x: {shape: [], domain: {word: unit}}}"),
        ("oracle: layers.softmax", "oracle: [{function: layers.softmax}]"),
        ('hints: "look"', 'hints: ["look"]'),
        ('where: "n > 1"', 'where: ["n > 1"]'),
    ],
)
def test_a_short_form_is_the_long_one(short: str, long: str) -> None:
    rest = "" if short.startswith("answer") else 'answer: {formula: "x"}\n'
    head = HEAD.replace("course: [nn.test]\n", "") if short.startswith("course") else HEAD
    both = [validated(FamilySpec, load(head + "prompt: p\n" + rest + form, "f.yaml")) for form in (short, long)]
    assert both[0] == both[1]


def test_field_names_follow_the_path_of_a_value() -> None:
    assert "promt" not in field_names(FamilySpec, ())
    assert field_names(FamilySpec, ("draw", "n"))[:2] == ["integer", "decimal"]
    assert field_names(FamilySpec, ("parts", 0, "mistakes", 2)) == ["name", "key", "reference", "says", "worth"]
    assert field_names(FamilySpec, ("answer", "choice")) == ["key", "from", "show", "options", "right", "decide"]
    assert field_names(FamilySpec, ("title",)) == []


def test_every_kind_of_answer_is_a_field() -> None:
    assert set(Answer.kinds) == set(Answer.model_fields)
    assert set(PartSpec.model_fields) - {"id", "after"} <= set(FamilySpec.model_fields)


def test_the_json_schema_knows_short_and_long_forms() -> None:
    schema: dict[str, Any] = json_schema()
    assert {"title", "source", "course"} == set(schema["required"])
    kinds = schema["$defs"]["Answer"]["properties"]["formula"]["anyOf"]
    assert {"type": "string"} in kinds and {"$ref": "#/$defs/FormulaAnswer"} in kinds
    assert schema["additionalProperties"] is False
    assert schema["$defs"]["ChoiceAnswer"]["properties"]["from"]
