"""Pairs of similar submissions as they are shown: two columns of lines, those in common marked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from chainrule.statistics.code_tokens import without_words
from chainrule.statistics.similar_code import Similar

MOST_LINES = 80  # of one submission
AROUND = 2  # lines that are shown before and after one in common
WIDEST = 160  # letters of a line


@dataclass(frozen=True)
class CodeLine:
    """A line of code. number: 0 where lines were left out. common: whether the other one has it too."""

    number: int
    text: str
    common: bool = False


@dataclass(frozen=True)
class Side:
    """One of two. student: how it is called in the report; share: of its own that the other has too, in percent."""

    student: str
    share: int
    lines: tuple[CodeLine, ...]


@dataclass(frozen=True)
class PairView:
    """Two submissions beside each other. written: whether they have the same names and numbers too."""

    first: Side
    second: Side
    bits: int
    written: bool = False


@dataclass(frozen=True)
class SimilarView:
    """What was found for one question."""

    item: str
    found: Similar
    pairs: tuple[PairView, ...]


def similar_view(
    item: str, found: Similar, codes: Mapping[str, str], called: Callable[[str], str], *, words: bool
) -> SimilarView:
    """The pairs of a question. called: the name of a student; words: whether comments and texts are shown."""
    pairs = []
    for pair in found.pairs:
        sides = [
            Side(called(student), round(100 * share), code_lines(codes[student], lines, words=words))
            for student, share, lines in zip(
                (pair.first, pair.second), (pair.there, pair.back), pair.lines, strict=True
            )
        ]
        pairs.append(PairView(sides[0], sides[1], round(pair.bits), pair.written))
    return SimilarView(item, found, tuple(pairs))


def code_lines(code: str, common: Sequence[int], *, words: bool) -> tuple[CodeLine, ...]:
    """The lines in common with some around them."""
    shown = {near for number in common for near in range(number - AROUND, number + AROUND + 1)}
    marked = set(common)
    found: list[CodeLine] = []
    for number, text in enumerate((code if words else without_words(code)).split("\n"), start=1):
        if number in shown and len(found) < MOST_LINES:
            found.append(CodeLine(number, _shortened(text), number in marked))
        elif found and found[-1].number and text.strip():
            found.append(CodeLine(0, "…"))
    return tuple(found[:-1] if found and not found[-1].number else found)


def _shortened(text: str) -> str:
    clean = "".join(letter if letter.isprintable() else " " for letter in text.expandtabs(4)).rstrip()
    return clean if len(clean) <= WIDEST else clean[:WIDEST] + " …"
