"""Pictures: all that one shows stands in its text alternative; its SVG is well formed and stays within its frame."""

from __future__ import annotations

import math
import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import numpy as np
import pytest

from chainrule.numbers import number_text
from chainrule.picture_axes import Axis, axis
from chainrule.picture_plots import UNSEEN, thinned
from chainrule.picture_text import picture_text
from chainrule.pictures import picture_svg
from chainrule.viewing import question_view
from chainrule.wording import part_text
from questions.bank import load_bank
from questions.faults import FaultError
from solutions import pictures
from solutions.drawings import Drawing, Graph, Grid, Grids, Node, Plot, Series

LINES = Plot("Errors", "epoch", "error", (Series("a", ((1, 3), (2, 1.5))), Series("b & c", ((1, 4), (2, 2)))))
POINTS = Plot("Points", "x", "y", (Series("line", ((0, 0), (4, 4))), Series("dots", ((1, 2),), "dots")), square=True)
GRIDS = Grids("Grids", (Grid("image", ((1, -2.5), (0, 3)), frozenset({(0, 1)})), Grid("kernel", (("?",),))))
GRAPH = Graph("Graph", (Node("a", "a", "2"), Node("b", "b"), Node("y", "a · b", uses=("a", "b"))))
MADE = [pictures.two_classes(1, -1, 2), pictures.early_stopping(4, 0.1, 0.05, 0.4)]
DRAWINGS: list[Drawing] = [LINES, POINTS, GRIDS, GRAPH, *MADE]
NAMES = [("n1", "n2"), ("n" * 25, "n" * 26, "n3", "n" * 27)]
PICTURED = [f for f in load_bank().families.values() if f.spec.picture or any(p.picture for p in f.spec.parts)]


@pytest.mark.parametrize("drawing", DRAWINGS, ids=lambda d: d.title)
def test_the_svg_is_well_formed_and_carries_its_text(drawing: Drawing) -> None:
    root = ElementTree.fromstring(picture_svg(drawing))
    assert root.attrib["role"] == "img"
    assert root.attrib["aria-label"].split() == picture_text(drawing).split()
    width, height = map(float, root.attrib["viewBox"].split()[2:])
    places = [
        (float(e.attrib.get(x, 0)), float(e.attrib.get(y, 0)))
        for e in root.iter()
        for x, y in (("x", "y"), ("cx", "cy"), ("x1", "y1"), ("x2", "y2"))
    ]
    assert all(0 <= x <= width and 0 <= y <= height for x, y in places)


def test_a_table_stands_for_lines_and_lists_for_points() -> None:
    assert picture_text(LINES).splitlines() == ["Errors", "  epoch  1    2", "      a  3  1.5", "  b & c  4    2"]
    assert picture_text(POINTS).splitlines()[1:] == ["     x  0  4", "  line  0  4", "  dots: (1, 2)"]
    assert "marked at (row, column) (0, 1)" in picture_text(GRIDS) and "−2.5" in picture_text(GRIDS)
    assert picture_text(GRAPH).splitlines()[1:] == ["  a = 2", "  b", "  y = a · b"]


def test_long_lines_are_told_at_nine_points_with_both_ends() -> None:
    line = Series("loss", tuple((float(i), 100.0 - i) for i in range(101)))
    told = picture_text(Plot("Loss", "step", "loss", (line,))).splitlines()[1].split()
    assert told == ["step", "0", "12", "25", "38", "50", "62", "75", "88", "100"]


def test_names_that_do_not_fit_beside_each_other_stand_below() -> None:
    short, long = (
        picture_svg(Plot("P", "x", "y", tuple(Series(n, ((0, 0), (1, 1))) for n in names))) for names in NAMES
    )
    assert set(re.findall(r'<text class="plot-name" x="[\d.]+" y="(\d+)">n', short)) == {"18"}
    assert set(re.findall(r'<text class="plot-name" x="[\d.]+" y="(\d+)">n', long)) == {"18", "36", "54"}
    assert 'viewBox="0 0 460 300"' in short and 'viewBox="0 0 460 336"' in long


def test_a_line_of_a_few_points_is_told_whole() -> None:
    line = Series("loss", tuple((float(i), 9.0 if i == 6 else 1.0) for i in range(13)))
    told = picture_text(Plot("Loss", "step", "loss", (line,))).splitlines()[2].split()
    assert len(told) == 14 and "9" in told


def test_every_corner_of_a_way_is_told() -> None:
    places = tuple((float(i % 3), float(i // 2)) for i in range(13))
    told = picture_text(Plot("Way", "x", "y", (Series("way", places),))).splitlines()[1:]
    assert [line.split()[1:] for line in told] == [[number_text(place[i]) for place in places] for i in (0, 1)]


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [(0, 1, (0, 0.2, 0.4, 0.6, 0.8, 1)), (-3.2, 3.2, (-2, 0, 2)), (0, 90, (0, 20, 40, 60, 80))],
)
def test_ticks_are_round_numbers(low: float, high: float, ticks: tuple[float, ...]) -> None:
    assert Axis(low, high, 0, 100).ticks == pytest.approx(ticks)


def test_an_axis_of_one_value_has_room() -> None:
    found = axis([2.0, 2.0], 0, 100)
    assert found.low < 2 < found.high and found.at(2) == 50


def test_a_square_plot_has_one_unit_on_both_axes() -> None:
    """The line y = x runs at 45 degrees."""
    paths = re.findall(r'<path class="series series-0" d="M([\d.]+) ([\d.]+) L([\d.]+) ([\d.]+)"', picture_svg(POINTS))
    x0, y0, x1, y1 = map(float, paths[-1])  # the first is the sample beside the name
    assert x1 - x0 == pytest.approx(y0 - y1, abs=0.3)


def test_the_bank_has_pictures() -> None:
    assert len(PICTURED) >= 5


@pytest.mark.parametrize("family", PICTURED, ids=lambda f: f.id)
def test_a_picture_is_in_page_and_terminal_and_depends_on_the_draw(family: object) -> None:
    from questions.family import Family

    assert isinstance(family, Family)
    variants = [family.draw(seed) for seed in range(12)]
    shown = {part.picture for variant in variants for part in variant.parts if part.picture}
    assert len(shown) >= 6
    first = next(part for part in variants[0].parts if part.picture)
    assert first.picture is not None
    assert picture_text(first.picture) in part_text(first)
    view = question_view(1, variants[0])
    assert any("<svg" in part.picture for part in view.parts)


def test_a_function_that_makes_no_drawing_is_said(tmp_path: Path) -> None:
    (tmp_path / "nn").mkdir()
    text = "title: T\ncourse: nn.test\nsource: s\nprompt: p\nanswer: {integer: 3}\npicture: curves.as_drawn\n"
    text += "draw: {kind: {choice: [a, b]}}\n"
    (tmp_path / "nn" / "a.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(FaultError, match="came str, expected a drawing"):
        load_bank([tmp_path]).family("nn.a").draw(0)


def test_a_line_leaves_out_points_that_nobody_would_miss() -> None:
    curve = [(x / 10, 40 * math.sin(x / 100)) for x in range(1000)]
    kept = thinned(curve)
    assert (kept[0], kept[-1]) == (curve[0], curve[-1])
    assert len(kept) < 60
    between = np.interp([x for x, _ in curve], *zip(*kept, strict=True))
    assert max(abs(y - line) for (_, y), line in zip(curve, between, strict=True)) < 4.2 * UNSEEN  # steepest: 4 to 1
    assert thinned([(0.0, 0.0), (1.0, 5.0), (2.0, 0.0)]) == [(0.0, 0.0), (1.0, 5.0), (2.0, 0.0)]
