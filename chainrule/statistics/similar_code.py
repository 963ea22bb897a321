"""Pairs of submissions whose code has much in common that few others have: pairs to look at, never a verdict.

What is rare weighs more: a run of tokens that k of n submissions hold has log2(n / k) bits, none where most hold it.
They are looked at twice: without names and numbers, as one changes them, and as they are written, since in short code
the choice of names is what is rare.
Work is bounded: only runs that few share bring two submissions together.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, combinations
from math import log2

from chainrule.statistics.code_tokens import Token, tokens
from chainrule.statistics.fingerprints import RUN, all_hashes, fingerprints

MOST_SHARING = 100  # submissions with a run, above which it brings nobody together
LEAST_RUNS = 3  # of those, so that two are compared at all
LEAST_SHARE = 0.5  # of what one of the two has
APART = 3 * RUN // 2  # tokens between runs that are counted: neighbours say the same thing twice
BEYOND_CHANCE = 7.0  # bits above those that some pair of so many has by chance, were all runs independent
LISTED = 50  # pairs
SAMPLE = 2000  # pairs drawn at random, for the base rate


@dataclass(frozen=True)
class Pair:
    """Two submissions. there: share of what the first one has, by its bits, that the second has too; back: likewise.

    bits: how rare that is, counted in runs that lie apart, 0 where it is not much of either.
    lines: of each, from 1, that hold what they have in common. written: whether they have it as it is written.
    """

    first: str
    second: str
    there: float
    back: float
    bits: float
    lines: tuple[tuple[int, ...], tuple[int, ...]] = ((), ())
    written: bool = False


@dataclass(frozen=True)
class Similar:
    """What was found among n submissions. possible: pairs of them; found: how many stand out, listed or not.

    sampled, reached: pairs drawn at random, and how many of them share as much: the base rate.
    least_bits: from which a pair stands out; it grows with the class, so that short functions never reach it.
    """

    n: int
    possible: int
    found: int
    sampled: int
    reached: int
    least_bits: float
    pairs: tuple[Pair, ...]


def similar_code(codes: Mapping[str, str], starter: str = "") -> Similar:
    """The pairs that stand out, the most alike first. codes: by student. starter: what all were given."""
    names = sorted(codes)
    possible = len(names) * (len(names) - 1) // 2
    least = log2(max(1, possible)) + BEYOND_CHANCE
    looks = [_Class({name: codes[name] for name in names}, starter, written=written) for written in (False, True)]
    standing: dict[tuple[str, str], Pair] = {}
    for look in looks:
        for a, b in look.met():
            if (a, b) not in standing and _stands_out(pair := look.pair(a, b), least):
                standing[a, b] = pair
    found = sorted(
        standing.values(), key=lambda pair: (-max(pair.there, pair.back), -pair.bits, pair.first, pair.second)
    )
    drawn = _sample(names, possible)
    reached = sum(any(_stands_out(look.pair(a, b), least) for look in looks) for a, b in drawn)
    listed = tuple(looks[pair.written].with_lines(pair) for pair in found[:LISTED])
    return Similar(len(names), possible, len(found), len(drawn), reached, least, listed)


class _Class:
    """The submissions of a class with what is rare in each. written: whether names and numbers stay as they are."""

    def __init__(self, codes: Mapping[str, str], starter: str, *, written: bool) -> None:
        self._codes, self._written = codes, written
        given = all_hashes(tokens(starter, written=written))
        prints = {name: fingerprints(tokens(code, written=written)) for name, code in codes.items()}
        self._times = Counter(one for own in prints.values() for one in own if one not in given)
        most = max(2, len(codes) / 2)
        self._bits = {one: log2(len(codes) / k) for one, k in self._times.items() if k <= most}
        self._own = {name: {h: at for h, at in own.items() if h in self._bits} for name, own in prints.items()}
        self._total = {name: sum(self._bits[one] for one in own) for name, own in self._own.items()}

    def met(self) -> Iterator[tuple[str, str]]:
        """Each pair once that has enough runs in common which few share."""
        holders: dict[int, list[str]] = {}
        for name, own in self._own.items():
            few = [one for one in own if self._times[one] <= MOST_SHARING]
            met = Counter(chain.from_iterable(holders.get(one, ()) for one in few))
            yield from ((other, name) for other, runs in met.items() if runs >= LEAST_RUNS)
            for one in few:
                if self._times[one] > 1:
                    holders.setdefault(one, []).append(name)

    def pair(self, first: str, second: str) -> Pair:
        """How much two have in common."""
        both = self._own[first].keys() & self._own[second].keys()
        bits = sum(self._bits[one] for one in both)
        there, back = (bits / self._total[name] if self._total[name] else 0.0 for name in (first, second))
        apart = 0.0
        if max(there, back) >= LEAST_SHARE:
            apart = min(self._apart(self._own[name], both) for name in (first, second))
        return Pair(first, second, min(1.0, there), min(1.0, back), apart, written=self._written)

    def _apart(self, own: Mapping[int, int], both: set[int]) -> float:
        """The bits of runs that lie apart."""
        total, end = 0.0, 0
        for one in sorted(both, key=lambda one: own[one]):
            if own[one] >= end:
                total += self._bits[one]
                end = own[one] + APART
        return total

    def with_lines(self, pair: Pair) -> Pair:
        """The pair with the lines that hold what both have."""
        both = self._own[pair.first].keys() & self._own[pair.second].keys()
        first, second = (
            _lines(tokens(self._codes[name], written=self._written), [self._own[name][one] for one in both])
            for name in (pair.first, pair.second)
        )
        return replace(pair, lines=(first, second))


def _stands_out(pair: Pair, least: float) -> bool:
    return pair.bits >= least and max(pair.there, pair.back) >= LEAST_SHARE


def _sample(names: Sequence[str], possible: int) -> list[tuple[str, str]]:
    """Pairs drawn at random, the same each time; all where there are few."""
    if possible <= SAMPLE:
        return list(combinations(names, 2))
    chance = random.Random(0)
    drawn = [sorted(chance.sample(names, 2)) for _ in range(SAMPLE)]
    return [(a, b) for a, b in drawn]


def _lines(found: Sequence[Token], places: Sequence[int]) -> tuple[int, ...]:
    """The lines of the runs that begin at these of the tokens."""
    return tuple(sorted({token.line for place in places for token in found[place : place + RUN]}))
