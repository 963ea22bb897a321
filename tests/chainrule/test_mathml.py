"""LaTeX to MathML: every formula of the course comes out, repaired, and nothing else does."""

from __future__ import annotations

import re
from base64 import b64decode
from io import BytesIO
from xml.etree import ElementTree

import pytest
from sample_views import spelt

from chainrule.font import font_face, font_path, subset_font
from chainrule.mathml import formula_html, mathml
from grader.errors import AuthorError

COURSE = {
    "softmax": r"\operatorname{softmax}(z)_k = \frac{e^{z_k}}{\sum_{j=1}^{K} e^{z_j}}",
    "cross-entropy": r"L = -\sum_{k=1}^{K} y_k \log \hat{p}_k",
    "gradient": r"\frac{\partial L}{\partial W} = \delta x^\top",
    "squares": r"\sum_{i=1}^{n} \left(y_i - \hat{y}_i\right)^2",
    "matrix": r"R = \begin{pmatrix} \cos\varphi & -\sin\varphi \\ \sin\varphi & \cos\varphi \end{pmatrix}",
    "cases": r"\operatorname{relu}(x) = \begin{cases} x & x > 0 \\ 0 & \text{otherwise} \end{cases}",
    "indicator": r"\mathbb{1}[x>0]",
    "norm": r"\lVert x\rVert^2",
    "hadamard": r"\delta \odot \left(1 - h^2\right)",
    "transpose": r"\left(X W^\top\right)^{\top} = W X^{\top}",
    "output size": r"\left\lfloor \frac{n + 2p - r(k - 1) - 1}{s} \right\rfloor + 1",
    "normal": r"x \sim \mathcal{N}(0, I)",
    "aligned": r"\begin{aligned} v &= \mu v + g \\ w &= w - \eta v \end{aligned}",
    "argmax": r"\arg\max_{c} p(c \mid x)",
    "batch norm": r"\hat{x} = \frac{x - \bar{x}}{\sqrt{\sigma^2 + \varepsilon}}",
    "upright words": r"\mathrm{covered} = \operatorname{log\,softmax}\left(z\right)",
    "long sum": r"\sum_{t=1}^{T} \left(\prod_{j=t+1}^{T} W^\top \operatorname{diag}\left(h_j\right)\right) \delta_T",
}
BROKEN = [
    r"\frac{1}",
    r"\unknowncommand x",
    r"\sum_{\substack{i\\j}}",
    "a & b",
    r"\text{$x$}",
    "}{",
    r"\cancel{x}",
    "\x00",
]

FONT = font_path()


def tree(text: str) -> ElementTree.Element:
    return ElementTree.fromstring(text)


@pytest.mark.parametrize("latex", COURSE.values(), ids=COURSE)
@pytest.mark.parametrize("display", [False, True])
def test_course_formulas_become_well_formed_mathml_without_a_trace_of_tex(latex: str, display: bool) -> None:
    drawn = mathml(latex, display, alttext="spelling")
    root = tree(drawn)
    assert root.tag == "math"
    assert root.get("display") == ("block" if display else None)
    assert root.get("alttext") == "spelling"
    assert not re.search(r"[\\$]", "".join(root.itertext()))


def test_a_fraction_keeps_its_two_halves_in_order() -> None:
    fraction = tree(mathml(r"\frac{\partial L}{\partial W}")).find("mfrac")
    assert fraction is not None
    assert ["".join(half.itertext()) for half in fraction] == ["∂L", "∂W"]


def test_limits_of_a_displayed_sum_stand_below_and_above() -> None:
    total = tree(mathml(r"\sum_{i=1}^{n} x_i", display=True)).find(".//munderover")
    assert total is not None
    assert ["".join(part.itertext()) for part in total] == ["∑", "i=1", "n"]


@pytest.mark.parametrize("latex", BROKEN)
def test_what_cannot_be_drawn_is_an_error_for_the_author(latex: str) -> None:
    with pytest.raises(AuthorError, match="cannot draw the formula") as error:
        mathml(latex)
    assert repr(latex) in str(error.value)


def test_a_page_falls_back_to_the_plain_spelling() -> None:
    drawn = formula_html(spelt(r"\unknowncommand", "a < b"))  # type: ignore[arg-type]
    assert drawn == '<span class="formula-text">a &lt; b</span>'


def test_text_in_a_formula_cannot_become_markup() -> None:
    drawn = mathml(r"\text{<script>alert(1)</script>}", alttext='"><script>')
    assert "<script" not in drawn
    assert tree(drawn).get("alttext") == '"><script>'


def test_a_box_is_a_bordered_row() -> None:
    row = tree(mathml(r"\boxed{x = 1}"))[0]
    assert (row.tag, row.get("class"), row.get("notation")) == ("mrow", "boxed", None)


@pytest.mark.parametrize(("command", "styled"), [(r"\underline", "underlined"), (r"\overline", "overlined")])
def test_lines_are_borders_of_the_width_of_what_they_mark(command: str, styled: str) -> None:
    row = tree(mathml(command + "{AB}"))[0]
    assert (row.tag, row.get("class"), "".join(row.itertext())) == ("mrow", styled, "AB")


def test_a_vector_has_a_small_arrow_and_no_combining_mark() -> None:
    drawn = mathml(r"\vec{x}")
    assert "\u20d7" not in drawn
    assert 'class="small-arrow"' in drawn


def fences(latex: str) -> list[str | None]:
    return [mark.get("stretchy") for mark in tree(mathml(latex)).iter("mo") if mark.text in ("(", ")")]


@pytest.mark.parametrize(
    ("latex", "classes"),
    [
        (
            r"\begin{cases} a & b \\ c & d \end{cases}",
            ["from-left close-after", "from-left close-after wide-before"] * 2,
        ),
        (r"\begin{aligned} a &= b \end{aligned}", ["from-right close-after", "from-left close-before"]),
        (r"\begin{array}{l|r} a & b \end{array}", ["from-left ruled-after", "from-right"]),
        (r"\left(X^{\top} X\right)^{-1} y", ["thin-after"]),
    ],
)
def test_no_formula_has_a_style_of_its_own(latex: str, classes: list[str]) -> None:
    drawn = mathml(latex)
    assert " style=" not in drawn
    assert re.findall(r'class="([^"]*)"', drawn) == classes


def test_brackets_stretch_around_a_fraction_only() -> None:
    assert fences(r"\left(x + y\right)") == ["false", "false"]
    assert fences(r"\left(\hat{x}\right)") == ["false", "false"]
    assert fences(r"\left(\frac{x}{y}\right)") == [None, None]


def test_a_function_stands_close_to_its_bracket_and_apart_from_a_bare_argument() -> None:
    applied = [
        mark.get("lspace") for text in (r"\log\left(x\right)", r"\log x") for mark in tree(mathml(text)).iter("mo")
    ]
    assert applied == [None, None, None, "0.1667em"]


def test_long_formulas_are_marked_for_print() -> None:
    assert tree(mathml("x", alttext="x" * 101)).get("class") == "long"
    assert tree(mathml("x", alttext="x" * 100)).get("class") is None


def test_without_mathematics_or_without_the_extra_there_is_no_font() -> None:
    assert font_face("<p>∑</p>", font_path()) == ""
    assert font_face(mathml("x"), None) == ""


@pytest.mark.skipif(FONT is None, reason="the extra `full` (ziamath, fonttools) is not installed")
def test_the_font_holds_what_is_drawn_with_its_variants_and_little_else() -> None:
    from fontTools.ttLib import TTFont

    assert FONT is not None
    data = subset_font(FONT, frozenset(map(ord, "𝟙∑(√\u210e\U0001d465")))
    font = TTFont(BytesIO(data))
    assert {0x1D7D9, 0x2211, 0x221A, 0x210E, 0x1D465} <= set(font.getBestCmap())
    assert ord("Ω") not in font.getBestCmap()
    assert len(font["MATH"].table.MathVariants.VertGlyphConstruction) >= 3
    assert len(data) < 30_000


@pytest.mark.skipif(FONT is None, reason="the extra `full` (ziamath, fonttools) is not installed")
def test_the_same_page_has_the_same_font_with_italic_letters_that_its_text_lacks() -> None:
    from fontTools.ttLib import TTFont

    page = f"<p>Ω</p>{mathml(COURSE['indicator'])}{mathml('h')}"
    face = font_face(page, FONT)
    subset_font.cache_clear()
    assert face == font_face(page, FONT)
    data = b64decode(face.partition("base64,")[2].partition('"')[0])
    held = set(TTFont(BytesIO(data)).getBestCmap())
    assert {0x1D465, 0x210E, 0x1D7D9} <= held
    assert not {ord("Ω"), 0x1D45E} & held  # not in mathematics, and no q is drawn
