"""Prose: Markdown with formulas, neither of which can become anything else."""

from __future__ import annotations

import re

import pytest
from sample_views import spelt

from chainrule.highlight import highlighted
from chainrule.markdown import inline_html, prose_html

X = spelt("x_1 * y_1", "x₁·y₁", "x_1*y_1")


def test_a_formula_in_a_line_is_inline_and_alone_is_displayed() -> None:
    html = prose_html(["Take ", X, ".\n\n", X, "."])  # type: ignore[list-item]
    assert html.count("<math") == 2
    assert '<p>Take <span class="glued"><math alttext=' in html
    assert '<div class="display"><math display="block"' in html


def test_the_lines_of_a_program_are_displayed_one_by_one() -> None:
    html = prose_html(["A layer computes\n", X, "  \n", X, "\nin turn."])  # type: ignore[list-item]
    shape = re.sub("<math.*?</math>", "M", html)
    assert shape == '<p>A layer computes</p><div class="display">M</div><div class="display">M</div><p>in turn.</p>\n'


def test_a_formula_inside_emphasis_stays_in_its_line() -> None:
    html = prose_html(["*so\n", X, "\nit* is"])  # type: ignore[list-item]
    assert re.sub("<math.*?</math>", "M", html) == "<p><em>so\nM\nit</em> is</p>\n"


def test_a_line_never_ends_between_a_formula_and_the_signs_around_it() -> None:
    html = prose_html(["For ", X, " (", X, '), "', X, '", ', X, "-fold; ", X, ": no (so ", X, ")\n"])  # type: ignore[list-item]
    shape = re.sub("<math.*?</math>", "M", html).replace('<span class="glued">', "<").replace("</span>", ">")
    assert shape == "<p>For M <(M),> &quot;<M&quot;,> <M->fold; <M:> no (so <M)></p>\n"


def test_underscores_and_stars_of_formulas_are_no_emphasis() -> None:
    html = prose_html([X, " and *", X, "*"])  # type: ignore[list-item]
    assert html.count("<em>") == 1
    assert html.count("<math") == 2


def test_formulas_in_code_are_spelt_as_typed() -> None:
    html = prose_html(["`", X, "`\n\n```python\n", X, "\n```"])  # type: ignore[list-item]
    assert "<code>x_1*y_1</code>" in html
    assert "<math" not in html
    assert "\ue000" not in html


@pytest.mark.parametrize(
    "source",
    [
        "<script>alert(1)</script>",
        "a <img src=x onerror=alert(1)> b",
        "![alt](http://example.org/a.png)",
        "[text](http://example.org)",
        "<http://example.org>",
        "[text][1]\n\n[1]: http://example.org",
        "[x](javascript:alert(1))",
    ],
)
def test_prose_makes_no_tag_that_could_ask_for_anything(source: str) -> None:
    html = prose_html([source])
    assert not any(f"<{tag}" in html for tag in ("script", "img", "a ", "a>", "link", "iframe"))
    assert " src=" not in html.replace("&lt;img src=", "")
    assert " href=" not in html


def test_a_forged_placeholder_stays_text() -> None:
    html = prose_html(["\ue0000\ue001", X])  # type: ignore[list-item]
    assert html.count("<math") == 1
    assert "\ufffd0\ufffd" in html


def test_headings_in_prose_do_not_disturb_those_of_the_page() -> None:
    assert prose_html(["# Title\n\ntext"]) == '<p class="lead-in">Title</p>\n<p>text</p>\n'


def test_tables_and_lists_are_kept() -> None:
    html = prose_html(["- one\n- two\n\n| a | b |\n|---|---|\n| 1 | ", X, " |"])  # type: ignore[list-item]
    assert "<li>one</li>" in html
    assert html.count("<td>") == 2
    assert "<math" in html


def test_one_line_of_prose_has_no_paragraph() -> None:
    assert inline_html(["a *b* < c"]) == "a <em>b</em> &lt; c"


def test_code_is_highlighted_and_escaped() -> None:
    code = highlighted("def f(x):\n    return '<b>' # \u2713")
    assert '<span class="k">def</span>' in code
    assert "&lt;b&gt;" in code
    assert "<b>" not in code


def test_code_in_an_unknown_language_is_plain() -> None:
    assert highlighted("a < b", "no-such-language") == '<pre class="code" tabindex="0"><code>a &lt; b</code></pre>'
