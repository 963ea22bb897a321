"""Long formulas are cut before operators, and read aloud as one."""

from __future__ import annotations

import re

from chainrule.math_breaks import breaking
from chainrule.mathml import mathml

LONG = r"a = b_1 c_1 d_1 e_1 f_1 g_1 + b_2 c_2 d_2 e_2 f_2 g_2 - \left(b_3 c_3 d_3 e_3 f_3 g_3 + b_4 c_4 d_4\right)"
SPELT = "a = b1 c1 d1 e1 f1 g1 + b2 c2 d2 e2 f2 g2 − (b3 c3 d3 e3 f3 g3 + b4 c4 d4)"


def letters(markup: str) -> str:
    return re.sub(r"<[^>]*>|\s", "", markup)


def test_a_long_formula_is_cut_before_operators_and_nothing_is_lost() -> None:
    whole = mathml(LONG, alttext=SPELT)
    cut = breaking(whole)
    pieces = re.findall(r"<math.*?</math>", cut)
    assert len(pieces) == 4
    assert [letters(piece)[0] for piece in pieces[1:]] == ["+", "−", "+"]
    assert letters(cut) == letters(whole)
    assert cut.count("aria-hidden") == 4
    assert f'role="math" aria-label="{SPELT}"' in cut


def test_what_a_tall_bracket_encloses_stays_together() -> None:
    tall = r"a_1 b_1 c_1 d_1 e_1 f_1 g_1 + \left(\frac{a_2 b_2 c_2 d_2 e_2}{x} + \frac{a_3 b_3 c_3 d_3}{y}\right)"
    cut = breaking(mathml(tall, alttext="a" * 50))
    assert cut.count("<math") == 2


def test_short_formulas_and_those_without_words_stay_whole() -> None:
    short = mathml("a = b + c", alttext="a = b + c")
    assert breaking(short) == short
    assert breaking(mathml(LONG)) == mathml(LONG)
