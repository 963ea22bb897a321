"""The starter of every code question says what goes in and out, and its example is what the judge expects."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import numpy as np
import pytest

from chainrule import cli
from chainrule.options import Exit
from chainrule.starters import starter_text
from questions.bank import load_bank

BANK = load_bank()
CODE = sorted(name for name, f in BANK.families.items() if any(part.answer.code for part, _ in f.parts()))


@pytest.mark.parametrize("name", CODE)
def test_a_starter_is_python_with_shapes_and_the_entry(name: str) -> None:
    family = BANK.family(name)
    variant = family.draw(3)
    part = next(part for part in variant.parts if part.kind == "code")
    text = starter_text(family, variant, part, grade="chainrule grade FILE")
    tree = ast.parse(text)
    told = ast.get_docstring(tree) or ""
    spec = next(spec.answer.code for spec, _ in family.parts() if spec.answer.code)
    assert spec is not None
    defined = [node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    assert spec.entry in defined
    for parameter in spec.parameters:
        assert f"    {parameter}" in told
    assert "chainrule grade FILE" in told


def test_the_example_is_what_the_reference_returns() -> None:
    family = BANK.family("layers.softmax-backward")
    variant = family.draw(0)
    told = ast.get_docstring(ast.parse(starter_text(family, variant, variant.parts[0], grade=""))) or ""
    example = told.partition("For example, with")[2].partition("It may import")[0].splitlines()
    code = "\n".join(line.removeprefix("    ") for line in example if line.startswith("    "))
    names: dict[str, np.ndarray] = {"np": np}  # type: ignore[dict-item]
    exec(code, names)  # noqa: S102  -- text of our own making
    y = np.exp(names["z"]) / np.exp(names["z"]).sum(axis=1, keepdims=True)
    expected = y * (names["g"] - (names["g"] * y).sum(axis=1, keepdims=True))
    assert np.abs(names["dz"] - expected).max() < 6e-5


def test_the_command_prints_or_writes_and_never_writes_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "softmax.py"
    assert cli.run(["starter", "layers.softmax-backward"]) == Exit.OK
    printed = capsys.readouterr().out
    assert "def softmax_backward" in printed
    assert cli.run(["starter", "layers.softmax-backward", "--out", str(file)]) == Exit.OK
    assert "--question layers.softmax-backward --seed 0 --watch" in capsys.readouterr().out
    assert cli.run(["starter", "layers.softmax-backward", "--out", str(file)]) == Exit.USAGE
    assert "--force writes over it" in capsys.readouterr().err
    file.write_text("mine")
    assert cli.run(["starter", "layers.softmax-backward", "--out", str(file), "--force", "--json"]) == Exit.OK
    record = json.loads(capsys.readouterr().out)
    assert record["text"] == file.read_text(encoding="utf-8")
    assert cli.run(["starter", "layers.softmax-cross-entropy"]) == Exit.USAGE
    assert "asks for no code" in capsys.readouterr().err
