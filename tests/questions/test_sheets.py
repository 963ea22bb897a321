"""Revision sheets: the shipped ones are right, and wrong ones are found."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.formula import read
from questions.faults import FaultError
from questions.sheet_checks import check_sheet
from questions.sheet_entries import Sheet
from questions.sheets import load_sheets, read_sheet

SHEETS, FAULTS = load_sheets()

SHEET = """
title: A sheet
intro: Look at $x$.
sections:
  - title: One
    formulas:
      - name: ReLU
        symbols: {x: [K], g: [K]}
        forward: |
          y = relu(x)
          L = sum(g*y)
        formula: "dL/dx = g*(x > 0)"
        says: "Gated by $x > 0$."
        source: "nobody"
        course: [layers.relu.backward]
        check: {autograd: {of: L, with_respect_to: x}}
      - name: Loss
        symbols: {x: [K], L: []}
        formula: "L = sum(x)"
        source: "nobody"
        check: definition
"""


def sheet(folder: Path, text: str) -> Sheet:
    path = folder / "layers.yaml"
    path.write_text(text, encoding="utf-8")
    return read_sheet(path)


def test_the_shipped_sheets_can_be_read() -> None:
    assert FAULTS == ()
    assert SHEETS


@pytest.mark.parametrize("topic", sorted(SHEETS))
def test_every_formula_of_a_shipped_sheet_is_right(topic: str) -> None:
    assert [str(fault) for fault in check_sheet(SHEETS[topic])] == []


@pytest.mark.parametrize("topic", sorted(SHEETS))
def test_what_a_sheet_prints_reads_back(topic: str) -> None:
    for entry in SHEETS[topic].formulas:
        right = entry.right_side
        assert read(right.text(), right.scope).tree == right.tree


def test_a_sheet_is_sections_of_formulas(tmp_path: Path) -> None:
    found = sheet(tmp_path, SHEET)
    relu, loss = found.formulas
    assert (found.topic, found.intro.text()) == ("layers", "Look at x.")
    assert (relu.name, relu.right_side.text(), relu.says.text()) == ("ReLU", "g * (x > 0)", "Gated by x > 0.")
    assert [line.name for line in relu.given] == ["y", "L"]
    assert (relu.check.kind, loss.check.word) == ("autograd", "definition")
    assert check_sheet(found) == ()


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("g*(x > 0)", "g*(x < 0)", "layers.yaml:12:18: ReLU: autograd disagrees at K = "),
        (
            "autograd: {of: L, with_respect_to: x}",
            "oracle: layers.sigmoid_backward",
            "layers.sigmoid_backward disagrees",
        ),
        ("autograd: {of: L,", "autograd: {of: y,", "autograd: y must be a scalar"),
        ('"L = sum(x)"', '"L = sum(log(-x**2))"', "Loss: not finite on any case"),
    ],
)
def test_a_wrong_formula_is_found(tmp_path: Path, old: str, new: str, told: str) -> None:
    assert old in SHEET
    (fault,) = check_sheet(sheet(tmp_path, SHEET.replace(old, new)))
    assert told in str(fault)


CHECKED = """
title: A sheet
sections:
  - title: One
    symbols: {x: [K], y: [K], L: []}
    formulas:
      - {name: Square, source: "nobody", FORMULA}
"""
IDENTITY = 'formula: "sum(x**2) = x @ x", check: identity'
NOTED = 'formula: "L = x @ x", check: definition'
DRAWN = (
    'symbols: {A: [N, D], b: [N], E: []}, formula: "E = norm(b)**2 + trace(A @ A.T)", '
    "check: {simulation: {function: sheet_generative.drawn_square, within: 0.02}}"
)


@pytest.mark.parametrize(
    ("formula", "told"),
    [
        (IDENTITY.replace("x @ x", "x @ y"), "layers.yaml:7:51: Square: the sides differ: expected "),
        (IDENTITY.replace("sum(x**2) = ", ""), "Square: an identity is an equation: `left = right`"),
        (IDENTITY.replace("x @ x", "x**2"), "Square: the sides have different shapes"),
        (IDENTITY.replace("sum(x**2)", "sum(log(-x**2))"), "Square: the sides are nowhere both defined"),
    ],
)
def test_a_wrong_identity_is_found(tmp_path: Path, formula: str, told: str) -> None:
    (fault,) = check_sheet(sheet(tmp_path, CHECKED.replace("FORMULA", formula)))
    assert told in str(fault)


def test_a_simulation_decides_within_what_it_may_be_off(tmp_path: Path) -> None:
    assert check_sheet(sheet(tmp_path, CHECKED.replace("FORMULA", DRAWN))) == ()
    off = DRAWN.replace("= norm", "= 1.1*norm").replace("+ trace", "+ 1.1*trace")
    (fault,) = check_sheet(sheet(tmp_path, CHECKED.replace("FORMULA", off)))
    assert "Square: sheet_generative.drawn_square disagrees at " in str(fault)
    assert check_sheet(sheet(tmp_path, CHECKED.replace("FORMULA", off.replace("0.02", "0.2")))) == ()


@pytest.mark.parametrize(
    ("formula", "told"),
    [
        (
            'formula: "L = x @ y", check: {oracle: sheet_generative.drawn_square}',
            "it asks for 'A'; the names here are K",
        ),
        ('formula: "dL/dx = y", check: identity', "'dL/dx' has no value; declare it in `symbols` or give it in"),
    ],
)
def test_a_name_without_a_value_is_told(tmp_path: Path, formula: str, told: str) -> None:
    (fault,) = check_sheet(sheet(tmp_path, CHECKED.replace("FORMULA", formula)))
    assert told in str(fault)


@pytest.mark.parametrize("formula", [IDENTITY, NOTED])
@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ("L = x @ y", ""),
        ("L = x.T @ x", "this form is given as wrong, and is right"),
        ("L = x", ""),
        ("L = sum(log(-x**2))", "this form is given as wrong, and cannot be told: "),
    ],
)
def test_a_wrong_form_must_be_told_from_the_right_one(tmp_path: Path, formula: str, wrong: str, told: str) -> None:
    shown = wrong.replace("L =", "sum(x**2) =") if formula is IDENTITY else wrong
    entry = f'{formula}, wrong: [{{formula: "{shown}", says: "No."}}]'
    faults = check_sheet(sheet(tmp_path, CHECKED.replace("FORMULA", entry)))
    assert [told in str(fault) for fault in faults] == ([True] if told else [])


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("sum(x)", "sum(xx)", "layers.yaml:19:27: `xx` is not a name of this question"),
        ("check: definition", "check: looked at", "expected "),
        ("Look at $x$", "Look at {x}", "layers.yaml:3:16: {x} has no drawn value"),
        ("sections:", "section:", "unknown field 'section'. Did you mean 'sections'?"),
    ],
)
def test_a_broken_sheet_names_the_place(tmp_path: Path, old: str, new: str, told: str) -> None:
    with pytest.raises(FaultError) as caught:
        sheet(tmp_path, SHEET.replace(old, new))
    assert told in str(caught.value)


def test_the_first_of_two_sheets_of_a_topic_is_kept_and_the_other_told(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name / "sheets").mkdir(parents=True)
        (tmp_path / name / "sheets" / "layers.yaml").write_text(SHEET.replace("A sheet", name), encoding="utf-8")
    (tmp_path / "two" / "sheets" / "more.yaml").write_text(SHEET, encoding="utf-8")
    sheets, (fault,) = load_sheets([tmp_path / "one", tmp_path / "two"])
    assert {topic: sheet.title for topic, sheet in sheets.items()} == {"layers": "one", "more": "A sheet"}
    assert fault.file.endswith("two/sheets/layers.yaml") and "the sheet layers is taken by " in fault.message
    assert set(load_sheets([tmp_path / "two"], ["more"])[0]) == {"more"}
