"""Code on pages: coloured, and shown plainly where that would take long."""

from __future__ import annotations

from chainrule.highlight import MOST, highlighted


def test_code_is_coloured_and_escaped() -> None:
    page = highlighted("def f(x):\n    return x < 1\n")
    assert '<span class="k">def</span>' in page
    assert "x &lt; <" in page


def test_code_without_end_is_shown_plainly() -> None:
    page = highlighted("<b>" + "(" * MOST)
    assert page.count("<") == 4  # pre and code, each with its end
    assert "&lt;b&gt;((" in page
