"""Logarithmic plots, thin lines and paths, maps of shades, diagrams: what is drawn, and what is refused."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree

import pytest

from chainrule.picture_axes import LogAxis
from chainrule.picture_shapes import curves, shapes
from chainrule.picture_text import picture_text
from chainrule.pictures import picture_svg
from solutions.drawings import Arrow, Box, Diagram, Drawing, Graph, Grid, Grids, Heat, Node, Plot, Series, Strip, Strips

ERRORS = Plot(
    "Errors", "step", "error",
    (
        Series("slow", ((0, 1), (1, 0.1), (2, 0.01))),
        Series("fast", ((0, 1), (1, 0.01), (2, 1e-4)), "path"),
        Series("rounding", ((0, 1e-5), (2, 1e-5)), "thin"),
        Series("", ((0, 1e-3), (2, 1e-3)), "thin"),
    ),
    log=True,
)  # fmt: skip
WEIGHTS = Heat("Weights", ("we", "agree"), ("a", "long label"), ((0.25, 0.75), (1, 0)), "source", "target")
WIDE = Heat("Wide", ("r",) * 20, ("c",) * 20, tuple(tuple(float(i * j) for j in range(20)) for i in range(20)))
CELL = Diagram(
    "A cell",
    (
        Box("x", "x", 0, 0, "input"), Box("turn", "", 1, 0, "point"), Box("f", "σ", 1, 1), Box("g", "tanh", 2, 0),
        Box("times", "×", 3, 0.5, "operation"), Box("gates", "gates", kind="group", holds=("f", "g")),
    ),
    (
        Arrow("x", "turn", "copy"), Arrow("turn", "f"), Arrow("turn", "g"), Arrow("f", "times", bend=-0.5),
        Arrow("g", "times", "new"), Arrow("times", "x", kind="back", bend=1.5),
    ),
)  # fmt: skip
BACK = Graph("Back", (Node("a", "a", "2"), Node("b", "b", "3"), Node("y", "a · b", "6", ("a", "b"), ("3", "2"))))
WINDOW = Strips(
    "Windows",
    (
        Strip("input", ("padding", *("plain",) * 4, "padding")),
        Strip("kernel", ("none", "marked", "between", "marked", "none", "none")),
        Strip("output", ("plain",) * 2, 1, 2),
    ),
    (((1, 1), (2, 0)),),
)
SQUARE = Series("square", ((0, 0), (2, 0), (2, 2), (0, 2), (0, 0)), "area")
AREA = Plot("Area", "x", "y", (Series("line", ((0, 0), (2, 2))), SQUARE), square=True)
MANY = Grids("Many", tuple(Grid(name, ((1.0,) * 4,) * 2) for name in ("one", "two", "three")))
DRAWN: list[Drawing] = [MANY, ERRORS, WEIGHTS, WIDE, CELL, BACK, WINDOW, AREA]


@pytest.mark.parametrize("drawing", DRAWN, ids=lambda d: d.title)
def test_the_svg_is_well_formed_and_within_its_frame(drawing: Drawing) -> None:
    root = ElementTree.fromstring(picture_svg(drawing))
    assert root.attrib["aria-label"].split() == picture_text(drawing).split()
    width, height = map(float, root.attrib["viewBox"].split()[2:])
    assert width <= 480
    for e in root.iter():
        for x, y in (("x", "y"), ("cx", "cy"), ("x1", "y1"), ("x2", "y2")):
            assert 0 <= float(e.attrib.get(x, 0)) <= width and 0 <= float(e.attrib.get(y, 0)) <= height


def test_equal_factors_are_equal_distances() -> None:
    knots = re.findall(r'knot mark-1" cx="\S+" cy="(\S+)"', picture_svg(ERRORS))
    first, second, third = map(float, knots[1:])  # the first is the sample beside the name
    assert second - first == pytest.approx(third - second, abs=0.2) and second > first


@pytest.mark.parametrize(
    ("low", "high", "told"),
    [
        (1e-3, 1, ["10⁻³", "10⁻²", "10⁻¹", "10⁰"]),
        (0.9e-12, 1.1, ["10⁻¹²", "10⁻¹⁰", "10⁻⁸", "10⁻⁶", "10⁻⁴", "10⁻²", "10⁰"]),
        (0.9, 12, ["10⁰", "2", "5", "10¹"]),
        (1.1, 1.7, ["1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "1.7"]),
    ],
)
def test_ticks_of_a_logarithmic_axis(low: float, high: float, told: list[str]) -> None:
    axis = LogAxis(low, high, 0, 100, most=7)
    assert [axis.told(value) for value in axis.ticks] == told


def test_thin_lines_have_no_colour_and_nameless_ones_no_legend() -> None:
    svg = picture_svg(ERRORS)
    assert svg.count('class="thin thin-0"') == 3  # two lines, and the sample of the one with a name
    assert re.findall(r'class="plot-name"[^>]*>([^<]+)', svg) == ["slow", "fast", "rounding", "step", "error"]
    assert svg.count('class="knot mark-1"') == 3 + 1
    assert picture_text(ERRORS).splitlines()[-1] == "  and 1 thin line"


def test_a_nameless_series_has_the_colour_of_the_one_before() -> None:
    series = (Series("a", ((0, 0), (1, 1))), Series("b", ((0, 1), (1, 2))), Series("", ((1, 2),), "dots"))
    assert "mark-1" in picture_svg(Plot("P", "x", "y", series))


@pytest.mark.parametrize(
    ("count", "mark", "log", "says"),
    [(6, "line", False, "more than 5 series"), (3, "thin", False, "2 thin ones"), (1, "dots", True, "not positive")],
)
def test_a_plot_that_cannot_be_read_is_refused(count: int, mark: object, log: bool, says: str) -> None:
    series = tuple(Series(f"s{i}", ((0, 0), (1, 1)), mark) for i in range(count))  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=says):
        Plot("P", "x", "y", series, log=log)


def test_the_largest_value_has_the_full_shade() -> None:
    svg = picture_svg(WEIGHTS)
    assert re.findall(r'fill-opacity="([\d.]+)"', svg) == ["0.24", "0.76", "1.00"]
    assert re.findall(r'text-anchor="middle">([\d.]+)<', svg) == ["0.25", "0.75", "1", "0"]
    assert re.findall(r'text-anchor="middle">([\d.]+)<', picture_svg(WIDE)) == []
    told = ["Weights", "  rows: target", "  columns: source"]
    assert picture_text(WEIGHTS).splitlines()[:3] == told
    assert [line.split() for line in picture_text(WEIGHTS).splitlines()[4:]] == [
        ["we", "0.25", "0.75"],
        ["agree", "1", "0"],
    ]


@pytest.mark.parametrize(("values", "says"), [(((1.0,),), "1 × 2 cells"), (((1.0, -1.0),), "below 0")])
def test_a_map_of_other_values_is_refused(values: tuple[tuple[float, ...], ...], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        Heat("H", ("r",), ("a", "b"), values)


def test_arrows_end_at_borders() -> None:
    placed = shapes(CELL)
    for curve in curves(CELL, placed):
        for place, name in ((curve.start, curve.arrow.start), (curve.end, curve.arrow.end)):
            left, top, right, bottom = placed[name].corners
            assert left - 0.1 <= place[0] <= right + 0.1 and top - 0.1 <= place[1] <= bottom + 0.1
            inside = left + 1 < place[0] < right - 1 and top + 1 < place[1] < bottom - 1
            assert not inside or placed[name].box.kind == "operation"


def test_only_arrows_into_boxes_have_heads_and_a_point_where_they_part_is_seen() -> None:
    svg = picture_svg(CELL)
    assert svg.count("arrow-head") == 5 and svg.count('class="branch"') == 1


def test_a_group_is_around_what_it_holds() -> None:
    placed = shapes(CELL)
    group = placed["gates"].corners
    for name in ("f", "g"):
        left, top, right, bottom = placed[name].corners
        assert group[0] < left and group[1] < top and right < group[2] and bottom < group[3]


def test_a_diagram_in_words_goes_through_its_points() -> None:
    assert picture_text(CELL).splitlines()[1:] == [
        "  boxes: x, σ, tanh, ×",
        "  gates holds: σ, tanh",
        "  x → σ (copy), tanh (copy)",
        "  σ → ×",
        "  tanh → × (new)",
        "  × ⇠ x",
    ]


def test_boxes_of_one_text_are_told_apart() -> None:
    boxes = (Box("first", "σ", 0), Box("second", "σ", 1))
    assert "  σ first → σ second" in picture_text(Diagram("D", boxes, (Arrow("first", "second"),)))


@pytest.mark.parametrize(
    ("names", "arrow", "says"), [(("a", "a"), ("a", "a"), "two boxes"), (("a", "b"), ("a", "c"), "no box c")]
)
def test_a_diagram_whose_names_do_not_fit_is_refused(names: tuple[str, ...], arrow: tuple[str, str], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        Diagram("D", tuple(Box(name, name) for name in names), (Arrow(*arrow),))


def test_gradients_stand_at_the_edges_of_a_graph() -> None:
    assert re.findall(r'<path d="[^"]+"/><text[^>]+>(\d)</text>', picture_svg(BACK)) == ["3", "2"]
    assert "y = a · b = 6; gives back 3 to a, 2 to b" in picture_text(BACK)


def test_cells_of_strips_share_one_axis() -> None:
    svg = picture_svg(WINDOW)
    lefts = {kind: re.findall(r"M([\d.]+) ", path) for kind, path in re.findall(r'strip-(\w+)" d="([^"]+)"', svg)}
    assert lefts["link"] == ["43.0"]  # the middle of the second cell
    assert lefts["between"] == ["56.0"] and lefts["marked"] == ["30.0", "82.0"]
    assert re.findall(r"M([\d.]+) ", svg.split("output</text>")[1]) == ["30.0", "82.0"]


def test_strips_in_words() -> None:
    assert picture_text(WINDOW).splitlines()[1:] == [
        "  input (padding 0, 5)",
        "  kernel (marked 1, 3; in between 2)",
        "  output",
    ]


def test_an_area_lies_below_lines_and_is_told_as_points() -> None:
    svg = picture_svg(AREA)
    assert svg.index("series-1 area") < svg.rindex('class="series series-0"')
    assert "square: (0, 0) – (2, 0) – (2, 2)" in picture_text(AREA)


def test_what_comes_back_stands_on_the_other_side_of_an_arrow() -> None:
    diagram = Diagram("D", (Box("a", "a"), Box("b", "b", 1.5)), (Arrow("a", "b", "2", back="0.5"),))
    (curve,) = curves(diagram, shapes(diagram))
    (on, is_back, above), (back, comes_back, below) = curve.texts
    assert (on, is_back, back, comes_back) == ("2", False, "0.5", True)
    assert above[3] < curve.middle[1] < below[1]
    assert '<g class="arrow arrow-back"><text' in picture_svg(diagram)
    assert "  a → b (2; back 0.5)" in picture_text(diagram)


def test_grids_that_do_not_fit_beside_each_other_stand_below() -> None:
    names = re.findall(r'class="plot-name" x="(\d+)" y="(\d+)"', picture_svg(MANY))
    assert names == [("4", "18"), ("200", "18"), ("4", "140")]


def test_a_long_name_above_a_grid_has_room() -> None:
    grids = Grids("G", (Grid("a name longer than its cell", ((1,),)), Grid("next", ((1,),))))
    first, second = re.findall(r'class="plot-name" x="(\d+)"', picture_svg(grids))
    assert int(second) - int(first) >= 6.5 * 27


def test_a_word_longer_than_a_cell_widens_its_column() -> None:
    svg = picture_svg(Grids("G", (Grid("counts", (("document", "a"), (1.0, 2.0))),)))
    assert re.findall(r'<rect x="(\d+)" y="28" width="(\d+)"', svg) == [("4", "71"), ("75", "40")]


def test_the_frame_of_a_marked_cell_lies_above_its_neighbours() -> None:
    svg = picture_svg(Grids("G", (Grid("g", ((1.0, 2.0), (3.0, 4.0)), frozenset({(0, 0)})),)))
    assert re.findall(r">(\d)</text>", svg) == ["2", "3", "4", "1"]
