"""Derivations asked in the terminal, graded from a file, and shown in the report with their graph."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

from formula_scope import scope_of, symbol
from test_cli_quiz import run

from chainrule.graph import graph_svg
from chainrule.numbers import numbers_text
from grader.formula import read_program
from solutions.examples import example

FAMILY = """
title: One layer
course: [layers.linear.backward-weight]
source: "Goodfellow et al. 2016"
symbols: {x: [D], W: [K, D], t: {shape: [K], domain: one_hot}}
forward: |
  z = W @ x
  y = softmax(z)
  L = -sum(t*log(y))
prompt: "{forward}\\n\\n  Derive $dL/dW$."
answer: {derivation: {of: L, with_respect_to: W}}
mistakes:
  - {name: turned, key: "dz = t - y", says: "Prediction minus target."}
hints: ["Begin at the loss."]
"""


def bank(home: Path) -> tuple[str, ...]:
    (home / "own" / "layers").mkdir(parents=True)
    (home / "own" / "layers" / "one.yaml").write_text(FAMILY, encoding="utf-8")
    return ("--bank", "own", "--question", "layers.one", "--seed", "1")


def test_lines_are_asked_until_an_empty_one_and_judged_one_by_one(tmp_path: Path) -> None:
    typed = "h\ndz = t - y\ndW = dz @ x.T\n\ndz = y - t\ndW = outer(dz, x)\n\n"
    code, shown, _ = run(tmp_path, "quiz", *bank(tmp_path), typed=typed)
    assert "Hint 1 of 1" in shown
    assert "✗ 1  dz = t - y    wrong" in shown
    assert "✓ 2  dW = dz @ x.T    follows from the slip before it, and counts" in shown
    assert "Partial (50% of the marks). Line 1 is where it first goes wrong" in shown
    assert "Prediction minus target." in shown
    assert "Right." in shown
    assert code == 0


def test_the_end_of_the_input_ends_the_answer(tmp_path: Path) -> None:
    _, shown, _ = run(tmp_path, "quiz", *bank(tmp_path), typed="dW = outer(y - t, x)")
    assert "✓ 1  dW = outer(y - t, x)    right" in shown
    assert "1 of 1 mark" in shown


def test_a_report_shows_the_lines_and_the_graph(tmp_path: Path) -> None:
    words = bank(tmp_path)
    run(tmp_path, "quiz", *words, "--save", "q.yaml", "--no-ask")
    path = tmp_path / "q.yaml"
    lines = "        answer: |\n          dz = t - y\n          dW = outer(dz, x)"
    path.write_text(path.read_text(encoding="utf-8").replace("        answer:", lines), encoding="utf-8")
    code, shown, err = run(tmp_path, "grade", "q.yaml", "--bank", "own", "--json", "--html", "r.html")
    assert shown, err
    (item,) = json.loads(shown)["parts"]
    assert code == 1
    assert (item["outcome"], item["verdict"]["mistake"]) == ("partial", "turned")
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert '<li class="line-wrong" value="1">' in page
    assert '<li class="line-follows" value="2">' in page
    assert '<svg class="graph"' in page
    assert "Known mistake: turned" in page


def test_a_solution_is_shown_in_numbers(tmp_path: Path) -> None:
    words = bank(tmp_path)
    _, shown, _ = run(tmp_path, "show", "layers.one", "--bank", words[1], "--seed", "1", "--solution")
    assert "in numbers, with x = (" in shown
    assert "dW = dz xᵀ = [" in shown


def test_the_graph_has_a_box_for_each_name_and_a_curve_for_each_use() -> None:
    scope = scope_of(symbol("x", "D"), symbol("w", "D"))
    program = read_program("u = sigmoid(w*x)\nv = u + x\nL = sum(u*v**2)", scope)
    found = example(program, "L", seed=3)
    assert found is not None
    svg = ElementTree.fromstring(graph_svg(program, "L", found))
    groups = [group.get("class") for group in svg.iter("g")]
    assert groups.count("graph-line") == 3
    assert groups.count("graph-input") == 2
    assert groups.count("graph-edge") == 6
    left, top, right, bottom = map(float, svg.get("viewBox", "").split())
    for box in svg.iter("rect"):
        x, y, width, height = (float(box.get(name, "")) for name in ("x", "y", "width", "height"))
        assert left <= x and x + width <= right
        assert top <= y and y + height <= bottom


def test_numbers_are_short() -> None:
    assert numbers_text([1.0, -2.5]) == "(1, −2.5)"
    assert numbers_text([[1.0, 0.0], [0.12345, 2.0]]) == "[1 0; 0.123 2]"
    assert numbers_text(-0.0) == "0"
    assert numbers_text([[0.0] * 4] * 3) == "3 × 4"
