"""The pieces that all exports are made of: numbers, spellings, prose, pictures, archives."""

from __future__ import annotations

import io
import random
import zipfile
from fractions import Fraction
from xml.etree import ElementTree

import pytest
from published import chosen

from chainrule.publishing.archive import zipped
from chainrule.publishing.numbers import decimal_text, other_ranges, right_range
from chainrule.publishing.prose import inline_html, plain, prose_html, sentence_html
from chainrule.publishing.spellings import shape_spellings
from chainrule.publishing.svg_files import Pictures
from chainrule.publishing.xml_parts import add, document, element
from grader.answers.number import judge_number
from grader.answers.shape import read_shape
from grader.keys import NumberKey


def test_ranges_hold_exactly_the_numbers_that_are_right_here() -> None:
    chance = random.Random("ranges")
    for _ in range(150):
        value = Fraction(chance.randrange(-(10**6), 10**6), 10 ** chance.randrange(0, 9))
        key = NumberKey(value, chance.choice([1, 2, 3, 4, None]))
        right = right_range(key)
        for step in (0, 0.2, 0.49, 0.5, 0.51, 1, -0.5, -0.51):
            unit = 2 * right.tolerance if key.digits else Fraction(1, 1000)
            text = decimal_text(value + unit * Fraction(step))
            inside = abs(Fraction(text) - Fraction(right.value_text)) <= Fraction(right.tolerance_text)
            assert inside == (judge_number(text, key).score == 1), (key, text)
        for other in other_ranges(key):
            verdict = judge_number(other.value_text, key)
            assert verdict.score in (other.share, 1), (key, other.value_text)


def test_both_ways_of_rounding_a_tie_are_right() -> None:
    right = right_range(NumberKey(Fraction(5, 2), 1))
    gap = Fraction(right.tolerance_text)
    assert abs(2 - Fraction(right.value_text)) <= gap and abs(3 - Fraction(right.value_text)) <= gap


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(10**20), "100000000000000000000"),
        (Fraction(-1, 8), "-0.125"),
        (Fraction(1, 3), "0.333333333333333"),
        (Fraction(2, 3) * 10**6, "666666.666666667"),
        (Fraction(1, 10**9), "0.000000001"),
        (Fraction(0), "0"),
    ],
)
def test_numbers_are_written_without_exponents(value: Fraction, text: str) -> None:
    assert decimal_text(value) == text


@pytest.mark.parametrize("shape", [(), (5,), (32, 8, 8), (1, 1)])
def test_every_spelling_of_a_shape_is_read_as_that_shape(shape: tuple[int, ...]) -> None:
    assert {read_shape(text) for text in shape_spellings(shape)} == {shape}


def test_texts_are_escaped_and_never_read_as_formulas() -> None:
    page = prose_html(["**a** <script>x</script> & \\\\(x\\\\) $$y$$ `\\(z\\)`"])
    assert "<strong>a</strong>" in page and "<script>" not in page
    assert "\\(" not in page and "$$" not in page
    assert "\\(" not in plain("\\(x\\)") and "\\[" not in inline_html(["\\\\[x]"])
    assert sentence_html("**twice** <b>, 2 * x * y") == "<strong>twice</strong> &lt;b&gt;, 2 * x * y"


def test_a_formula_alone_on_its_line_is_displayed() -> None:
    (asked,) = [one for one in chosen().asked() if one.variant.family == "layers.softmax-cross-entropy"]
    page = prose_html(asked.part.prompt)
    assert page.count(r"\[ ") == 1 and page.count(r"\( ") == 4
    assert not any(letter in page for letter in "\ue000\ue001")


def test_a_picture_stands_alone_with_its_colours() -> None:
    pictures = Pictures(lambda name: name)
    (part,) = [one.part for one in chosen().asked() if one.part.picture is not None]
    assert part.picture is not None
    image = pictures.image(part.picture)
    ((name, content),) = pictures.files.items()
    root = ElementTree.fromstring(content)
    style = root.findtext("{http://www.w3.org/2000/svg}style") or ""
    assert name in image and root.get("height") and "--ink: #" in style.replace("--ink:#", "--ink: #")
    assert ".series" in style and "@media" not in style and ".brand" not in style
    assert "\n" not in image


def test_archives_depend_on_their_content_alone() -> None:
    made = zipfile.ZipFile(io.BytesIO(zipped({"a": b"1"})))
    assert made.infolist()[0].date_time == (1980, 1, 1, 0, 0, 0)
    assert zipped({"a": b"1", "b": b"2"}) == zipped({"a": b"1", "b": b"2"}) != zipped({"a": b"1", "b": b"3"})


def test_what_xml_cannot_hold_is_replaced() -> None:
    root = element("a", name="x\x00\ud800")
    add(root, "b", "\x1b]<&>")
    assert ElementTree.fromstring(document(root)).findtext("b") == "\ufffd]<&>"
