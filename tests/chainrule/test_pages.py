"""The pages as HTML: whole, sound, escaped, readable, and asking for nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from jinja2 import UndefinedError
from markupsafe import Markup
from sample_views import graded_items, judged, question, quiz_items, sheet, statements_part, worked

from chainrule.pages import TEMPLATES, coded, form_id, marks_text, number_text, percent, quiz_page, report_page
from chainrule.pages import environment as templates
from chainrule.sheet_pages import sheet_page
from chainrule.sheet_views import SheetView
from chainrule.views import GradedView

VOID = {"meta", "link", "br", "hr", "img", "input"}
EVIL = '<script>alert("x")</script>'


@dataclass
class Page(HTMLParser):
    """What the tests ask of a page. open: the elements that are not closed yet."""

    tags: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not {"style", "pre"} & set(self.open):
            self.text.append(data)

    def named(self, *names: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.tags if tag in names]


def parsed(html: str) -> Page:
    page = Page()
    page.feed(html)
    page.close()
    return page


@cache
def pages() -> dict[str, str]:
    return {
        "quiz": quiz_page("Practice quiz", quiz_items()),
        "report": report_page("Practice quiz", graded_items(), lost=("Item 9: there is no question 'x.y'.",)),
        "sheet": sheet_page(sheet(), worked()),
    }


@pytest.fixture(params=["quiz", "report", "sheet"])
def html(request: pytest.FixtureRequest) -> str:
    return pages()[request.param]


def test_every_element_is_closed_in_order(html: str) -> None:
    assert parsed(html).open == []


def test_a_page_names_its_language_and_its_landmarks_once(html: str) -> None:
    page = parsed(html)
    assert page.named("html") == [{"lang": "en"}]
    assert [len(page.named(tag)) for tag in ("header", "main", "footer", "h1", "title")] == [1] * 5
    assert page.named("a")[0] == {"class": "skip", "href": "#main"}


def test_headings_descend_without_a_gap(html: str) -> None:
    levels = [int(tag[1]) for tag, _ in parsed(html).tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert all(low <= high + 1 for high, low in pairwise(levels))


def test_ids_are_unique_and_every_reference_has_its_target(html: str) -> None:
    page = parsed(html)
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    targets = [attributes["href"] for attributes in page.named("a")]
    targets += [f"#{attributes['aria-labelledby']}" for _, attributes in page.tags if "aria-labelledby" in attributes]
    assert {target for target in targets if target} <= {f"#{name}" for name in ids}


def test_tables_have_captions_and_their_heads_a_scope(html: str) -> None:
    page = parsed(html)
    assert len(page.named("caption")) == len(page.named("table"))
    assert all(head.get("scope") in {"col", "row"} for head in page.named("th"))


def test_nothing_is_asked_of_any_other_place(html: str) -> None:
    page = parsed(html)
    assert not page.named("script", "img", "iframe", "object", "form", "base")
    assert page.named("link") == [{"rel": "icon", "href": "data:,"}]
    assert not re.search(r"https?:|@import", html)
    assert {found[:5] for found in re.findall(r'url\("([^"]*)', html)} <= {"data:"}
    assert not [name for _, attributes in page.tags for name in attributes if name.startswith("on")]


def test_no_tex_and_no_placeholder_is_left(html: str) -> None:
    typed = re.sub(r'<span class="typed-answer">.*?</span>', "", html, flags=re.DOTALL)
    text = "".join(parsed(typed).text)
    assert not re.search(r"[\\$\ue000\ue001]", text)
    assert "Markup(" not in html
    assert "None" not in re.sub("None given", "", text)


def test_outcomes_are_told_by_a_word_and_a_drawing_beside_their_colour() -> None:
    html = pages()["report"]
    badges = re.findall(r'<span class="badge outcome-(\w+)"><svg.*?</svg>\s*(\w+)</span>', html, flags=re.DOTALL)
    assert {word.lower() for _, word in badges} == {name for name, _ in badges}
    assert {name for name, _ in badges} == {"right", "partial", "wrong", "unreadable", "undecided", "unanswered"}
    drawings = re.findall(r'<span class="badge outcome-\w+"><svg.*?</svg>', html, flags=re.DOTALL)
    assert len({re.sub("outcome-.*?<svg", "", drawing) for drawing in drawings}) == 6


def test_the_summary_counts_marks_and_parts() -> None:
    html = pages()["report"]
    page = parsed(html)
    assert '<span class="score-earned">3</span> <span class="score-total">of 12.5 marks</span>' in html
    assert "24 %" in html
    [bar] = [attributes for attributes in page.named("svg") if attributes.get("role") == "img"]
    assert bar["aria-label"] == "1 right, 1 partial, 1 wrong, 1 unreadable, 1 undecided, 1 unanswered"
    assert [rect["x"] for rect in page.named("rect")] == ["0.0", "16.667", "33.333", "50.0", "66.667", "83.333"]
    assert "Item 9: there is no question &#39;x.y&#39;." in html


def test_a_report_shows_the_answer_its_reading_and_the_reasons() -> None:
    text = " ".join("".join(parsed(pages()["report"]).text).split())
    for words in ("y - softmax(z)", "Known mistake: sign", "The sign is turned round", "Worked steps", "None given"):
        assert words in text
    assert pages()["report"].count("<details") == 4


def test_what_is_typed_cannot_become_markup() -> None:
    part = statements_part()
    evil = judged(part, "wrong", EVIL, 0, feedback=(EVIL,), mistake=EVIL, evidence=EVIL)
    item = replace(question(1, EVIL, EVIL, part), source=EVIL, seed=EVIL)
    empty = SheetView(EVIL, EVIL, Markup())
    made = (
        quiz_page(EVIL, [item]) + report_page(EVIL, [GradedView(item, (evil,))], lost=(EVIL,)) + sheet_page(empty, ())
    )
    assert "<script" not in made
    assert made.count("&lt;script&gt;") > 12


@pytest.mark.parametrize(
    ("says", "shown"),
    [
        ("`(` is never closed", "<code>(</code> is never closed"),
        ("`a` and `<b>`", "<code>a</code> and <code>&lt;b&gt;</code>"),
        ("one ` alone", "one ` alone"),
        ("`a` and ` alone", "<code>a</code> and ` alone"),
        (
            "**twice** <b>, not `**x**` or x**2*y**3",
            "<strong>twice</strong> &lt;b&gt;, not <code>**x**</code> or x**2*y**3",
        ),
        ("", ""),
    ],
)
def test_what_stands_between_backquotes_is_code(says: str, shown: str) -> None:
    assert coded(says) == shown


def test_empty_pages_are_sound() -> None:
    for made in (quiz_page("Q", ()), report_page("R", ()), sheet_page(SheetView("t", "S", Markup()), ())):
        assert parsed(made).open == []
        assert "@font-face" not in made


def test_a_missing_value_is_an_error() -> None:
    with pytest.raises(UndefinedError, match="'items' is undefined"):
        templates("en").get_template("quiz.html").render(title="Q", font="", release="1", policy="", total=0, form="")


def test_the_form_stands_for_questions_versions_and_seeds() -> None:
    items = quiz_items()
    form = form_id(items)
    assert re.fullmatch("[0-9A-F]{4}-[0-9A-F]{4}", form)
    assert form in pages()["quiz"]
    others = [
        items[::-1],
        items[1:],
        (replace(items[0], seed="9"), *items[1:]),
        (replace(items[0], version="2"), *items[1:]),
    ]
    assert len({form, *map(form_id, others)}) == 5


def test_the_same_items_make_the_same_page() -> None:
    assert quiz_page("Practice quiz", quiz_items()) == pages()["quiz"]


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0, "0 marks"), (1, "1 mark"), (1.5, "1.5 marks"), (10, "10 marks"), (2 / 3, "0.67 marks"), (1.0, "1 mark")],
)
def test_marks_are_written_as_one_would(value: float, shown: str) -> None:
    assert marks_text(value) == shown
    assert number_text(value) == shown.split()[0]


@pytest.mark.parametrize(
    ("earned", "total", "shown"), [(0, 0, 0), (2, 3, 66), (999, 1000, 99), (0.3, 0.3, 100), (29, 100, 29)]
)
def test_the_percentage_is_full_for_full_marks_only(earned: float, total: float, shown: int) -> None:
    assert percent(earned, total) == shown


def luminance(colour: str) -> float:
    """Relative luminance of "#rrggbb", WCAG 2.2."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def palettes() -> list[dict[str, str]]:
    """The colours by name: light, dark, print."""
    blocks = re.findall(r":root \{(.*?)\n *\}", (TEMPLATES / "style.css").read_text(encoding="utf-8"), flags=re.DOTALL)
    found = [dict(re.findall(r"--([\w-]+): (#[0-9a-f]+)", block)) for block in blocks]
    return [
        {name: "#" + c[1:] * (2 if len(c) == 4 else 1) if len(set(c[1:])) == 1 else c for name, c in p.items()}
        for p in found
    ]


OUTCOMES = ("right", "partial", "wrong", "unreadable", "undecided", "fault")
PAIRS = [(text, ground) for text in ("ink", "muted", "accent") for ground in ("paper", "card")]
PAIRS += [("ink", "sunk"), ("muted", "sunk"), ("accent", "accent-soft"), ("ink", "right-soft")]
PAIRS += [(name, ground) for name in OUTCOMES for ground in ("card", "paper", f"{name}-soft")]
PAIRS += [
    (f"code-{kind}", ground)
    for kind in ("keyword", "name", "text", "number", "comment")
    for ground in ("sunk", "right-soft")
]


@pytest.mark.parametrize("theme", [0, 1, 2], ids=["light", "dark", "print"])
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_text_is_readable_on_its_ground(theme: int, text: str, ground: str) -> None:
    palette = palettes()[theme]
    assert contrast(palette[text], palette[ground]) >= 4.5


def test_contrast_is_the_published_one() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#ffffff", "#767676") == pytest.approx(4.54, abs=0.01)
