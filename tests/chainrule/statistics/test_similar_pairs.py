"""Similar code: copies are found through changes, work of one's own is not, nor what all were given."""

from __future__ import annotations

import random
from time import process_time

import pytest
from written_code import LETTERS, LONG, long_code, renamed, reordered, short_code

from chainrule.statistics.code_tokens import tokens, without_words
from chainrule.statistics.fingerprints import RUN, WINDOW, all_hashes, fingerprints
from chainrule.statistics.similar_code import LISTED, Similar, similar_code

COPIES = 5


def class_of(n: int, seed: int = 0) -> dict[str, str]:
    chance = random.Random(seed)
    return {f"s{i:04}": long_code(chance) for i in range(n)}


def pairs(found: Similar) -> set[tuple[str, str]]:
    return {(pair.first, pair.second) for pair in found.pairs}


def test_copies_with_other_names_or_another_order_are_found() -> None:
    renamed_found = reordered_found = others = 0
    for seed in range(3):
        chance, codes = random.Random(seed), class_of(150, seed)
        for i in range(COPIES):
            codes[f"t{i}"] = renamed(codes[f"s{i:04}"], chance)
            codes[f"u{i}"] = reordered(renamed(codes[f"s{i + COPIES:04}"], chance), chance)
        found = pairs(similar_code(codes))
        same = {(f"s{i:04}", f"t{i}") for i in range(COPIES)}
        moved = {(f"s{i + COPIES:04}", f"u{i}") for i in range(COPIES)}
        renamed_found += len(found & same)
        reordered_found += len(found & moved)
        others += len(found - same - moved)
    assert renamed_found >= 14 and reordered_found >= 13  # of 15 each
    assert others <= 1  # of some 38 000 pairs


def brief_code(chance: random.Random) -> str:
    """Some eight lines in ways and names that many choose."""
    names = {letter: f"{letter}{chance.randrange(3)}" for letter in LETTERS}
    chosen = [LONG[0], *LONG[5:8], *LONG[11:]]
    return "\n".join(chance.choice(ways) for ways in chosen).format(**names)


def test_short_code_that_is_the_same_as_written_is_found() -> None:
    """Nothing of its form is rare, but all its names are; a number or two may differ."""
    hit = others = 0
    for seed in range(3):
        chance = random.Random(seed)
        codes = {f"s{i:03}": brief_code(chance) for i in range(100)}
        codes |= {f"t{i}": "# mine\n" + codes[f"s{i:03}"].replace("1.0", "1") for i in range(5)}
        found = similar_code(codes).pairs
        same = {(f"s{i:03}", f"t{i}") for i in range(5)}
        hit += sum((pair.first, pair.second) in same for pair in found)
        others += sum((pair.first, pair.second) not in same for pair in found)
        assert any(pair.written for pair in found)
        assert all(pair.lines[0] and pair.lines[1] for pair in found)
    assert hit >= 13 and others <= 1  # of 15, and of some 16 000 pairs


def test_short_functions_are_never_listed() -> None:
    for n in (2, 10, 30, 300):
        chance = random.Random(n)
        codes = {f"s{i}": short_code(chance) for i in range(n)}
        codes["copy"] = renamed(codes["s0"], chance)
        assert similar_code(codes).found == 0


def test_work_of_ones_own_is_not_listed() -> None:
    found = [similar_code(class_of(120, seed)) for seed in range(4)]
    assert sum(one.found for one in found) <= 1
    assert found[0].possible == 120 * 119 // 2


def test_what_was_handed_out_and_what_most_have_counts_for_nothing() -> None:
    chance = random.Random(5)
    given = "\n".join(long_code(chance) for _ in range(6))
    codes = {f"s{i:04}": f"{given}\n{short_code(chance)}" for i in range(40)}
    assert similar_code(codes, given).found == 0
    assert similar_code(codes).found == 0
    few = {**{name: long_code(chance) for name in codes}, "a": codes["s0000"], "b": codes["s0001"]}
    assert ("a", "b") in pairs(similar_code(few))
    assert ("a", "b") not in pairs(similar_code(few, given))


def test_both_ways_are_told_apart() -> None:
    chance, codes = random.Random(2), class_of(60)
    codes["all"] = codes["s0003"] + "\n".join(long_code(chance) for _ in range(4))
    pair = next(pair for pair in similar_code(codes).pairs if {pair.first, pair.second} == {"all", "s0003"})
    assert pair.first == "all" and pair.back == pytest.approx(1.0) and pair.there < 0.5


def test_the_lines_are_those_in_common() -> None:
    codes = class_of(60)
    codes["copy"] = "x = 1\n\n\n" + codes["s0007"]
    pair = next(pair for pair in similar_code(codes).pairs if (pair.first, pair.second) == ("copy", "s0007"))
    ours, theirs = pair.lines
    assert len(theirs) > 15 and set(ours) >= {line + 3 for line in theirs}


def test_the_same_submissions_give_the_same_pairs() -> None:
    codes = class_of(40)
    codes["copy"] = codes["s0001"]
    turned = dict(reversed(codes.items()))
    assert similar_code(codes) == similar_code(turned)


@pytest.mark.parametrize("codes", [{}, {"a": ""}, {"a": "x = 1", "b": "x = 1"}, {"a": "\\", "b": "'''"}])
def test_next_to_nothing_has_no_pairs(codes: dict[str, str]) -> None:
    assert similar_code(codes).found == 0


def test_many_copies_are_counted_and_the_first_listed() -> None:
    chance = random.Random(3)
    long = "\n".join(long_code(chance) for _ in range(3))
    codes = class_of(60) | {f"c{i:02}": long for i in range(12)}
    found = similar_code(codes)
    assert found.found == 66 and len(found.pairs) == LISTED
    assert found.sampled == 2000 and 0 < found.reached < 200


def test_names_numbers_texts_comments_and_imports_make_no_difference() -> None:
    one = "import numpy as np\ndef f(a, b):\n    '''Says.'''\n    return a.sum(axis=0) + 1.5e-3 * len('x')  # hm\n"
    two = "def mean(xs, k):\n    return xs.sum(axis=-0x1F) + 7 * len(f'''y\nz''')\n"
    assert [token.text for token in tokens(one)][:8] == ["def", "n", "(", "n", ",", "n", ")", ":"]
    without_sign = [token.text for token in tokens(two) if token.text != "-"]
    plain = [token.text for token in tokens(one) if token.text != "-"]
    assert plain == without_sign
    assert [token.text for token in tokens("a.max()")] != [token.text for token in tokens("a.min()")]
    assert [token.text for token in tokens("self.a")] == [token.text for token in tokens("self.b")]


def test_runs_that_are_long_enough_are_always_noticed() -> None:
    chance = random.Random(0)
    for _ in range(200):
        common = " ".join(chance.choice(["if", "for", "+", "(", "None", "."]) for _ in range(RUN + WINDOW - 1))
        left, right = ("\n".join(["pass"] * chance.randrange(9)) + "\n" for _ in range(2))
        first, second = tokens(left + common), tokens(right + common)
        assert fingerprints(first).keys() & fingerprints(second).keys()
        assert fingerprints(first).keys() <= all_hashes(first)


@pytest.mark.parametrize(
    "piece", ['\\"""\n', "'", '"""', "(" * 9, "\\", "0x", "r'", "#", "\x00", "é" * 3, "import a\n", ";", "'''\\"]
)
def test_hostile_code_takes_no_time(piece: str) -> None:
    code = piece * (200_000 // len(piece)) + "\\"
    began = process_time()
    tokens(code)
    without_words(code)
    assert process_time() - began < 20  # it is far below a second; what grows with the square takes minutes


def test_words_are_left_out_and_lines_kept() -> None:
    code = 'x = \'Anna\'  # by Anna\n"""Anna\nMüller"""\ny = 2\n'
    shown = without_words(code)
    assert "Anna" not in shown and "Müller" not in shown
    assert shown.count("\n") == code.count("\n") and shown.splitlines()[3] == "y = 2"
