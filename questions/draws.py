"""Drawing: the values of one variant, a pure function of the family and the seed.

network   a drawn forward program, or None
numbers   exact values by name, for formulas: Fractions, nested tuples of them for arrays
texts     drawn texts by name that formulas may hold as placeholders, `{f}`
spelled   every drawn value by name, as the formula language writes it
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import islice, product
from math import ceil, floor, prod
from typing import Any

from grader.formula.symbols import Constant
from questions.networks import Network, draw_network
from questions.schema_draw import ArrayDraw, Draw, ScalarDraw

Plain = str | int | float
MOST_STRUCTURES = 256
MOST_ENTRIES = 400
TRIES = 200  # for each entry, where all have to differ
_DECIMALS = 6  # a fraction with more decimals than these is spelled a/b


@dataclass(frozen=True)
class Drawn:
    """The values of a variant."""

    numbers: Mapping[str, Constant] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    spelled: Mapping[str, str] = field(default_factory=dict)
    network: Network | None = None

    def number(self, name: str, value: Constant, spelled: str = "") -> Drawn:
        """These values with one more number or array."""
        shown = {**self.spelled, name: spelled or spelling(value)}
        return replace(self, numbers={**self.numbers, name: value}, spelled=shown)

    def text(self, name: str, value: str, *, graft: bool) -> Drawn:
        """These values with one more text."""
        texts = {**self.texts, name: value} if graft else self.texts
        return replace(self, texts=texts, spelled={**self.spelled, name: value})

    def plain(self, name: str, value: Plain) -> Drawn:
        """These values with a value from YAML: numbers become exact, texts may be grafted."""
        if isinstance(value, str):
            return self.text(name, value, graft=True)
        return self.number(name, exactly(value))

    @property
    def structure(self) -> tuple[tuple[str, str], ...]:
        """What tells apart variants that differ in more than numbers."""
        network = (("network", self.network.forward),) if self.network else ()
        return (*sorted(self.texts.items()), *network)


def exactly(value: int | float) -> Fraction:
    """The number that YAML shows: 0.1 is 1/10."""
    return Fraction(repr(value))


def spelling(value: Constant) -> str:
    """A number or array as the formula language writes it; decimals where they are few, else a/b."""
    if isinstance(value, tuple):
        return f"[{', '.join(spelling(entry) for entry in value)}]"
    if value.denominator == 1:
        return str(value.numerator)
    scaled = value * 10**_DECIMALS
    if scaled.denominator != 1:
        return f"{value.numerator}/{value.denominator}"
    digits = f"{abs(scaled.numerator):0{_DECIMALS + 1}d}"
    sign = "-" if value < 0 else ""
    return f"{sign}{digits[:-_DECIMALS]}.{digits[-_DECIMALS:]}".rstrip("0")


def draw(draws: Mapping[str, Draw], rng: random.Random, forced: Mapping[str, Plain] | None = None) -> Drawn:
    """One try: every value in the order of the file. forced: values that stand in the place of chosen ones."""
    drawn = Drawn()
    for name, spec in draws.items():
        drawn = _DRAWERS[spec.kind](drawn, name, spec, rng)
        chosen = _values(name, spec)[0] if forced and spec.choice else {}
        for key in chosen:
            drawn = drawn.plain(key, forced[key]) if forced and key in forced else drawn
    return drawn


def _scalar(drawn: Drawn, name: str, spec: Draw, rng: random.Random) -> Drawn:
    value = _number(spec, rng)
    spelled = f"{value.numerator}/{value.denominator}" if spec.rational and value.denominator > 1 else ""
    return drawn.number(name, value, spelled)


def _number(spec: ScalarDraw, rng: random.Random) -> Fraction:
    if spec.integer is not None:
        return Fraction(rng.randint(*spec.integer))
    if spec.rational is not None:
        denominator = rng.choice(spec.denominators)
        low, high = spec.rational
        return Fraction(rng.randint(low * denominator, high * denominator), denominator)
    assert spec.decimal is not None
    step = exactly(spec.step) if spec.step is not None else Fraction(1, 10)
    low_step, high_step = exactly(spec.decimal[0]) / step, exactly(spec.decimal[1]) / step
    return step * rng.randint(ceil(low_step), floor(high_step))


def _choice(drawn: Drawn, name: str, spec: Draw, rng: random.Random) -> Drawn:
    assert spec.choice is not None
    chosen = rng.choice(spec.choice)
    if not isinstance(chosen, dict):
        return drawn.plain(name, chosen)
    for key, value in chosen.items():
        drawn = drawn.plain(key, value)
    return drawn


def _text(drawn: Drawn, name: str, spec: Draw, rng: random.Random) -> Drawn:
    assert spec.text is not None
    return drawn.text(name, rng.choice(spec.text), graft=False)


def _network(drawn: Drawn, name: str, spec: Draw, rng: random.Random) -> Drawn:
    """A forward program; what it is made of joins the names."""
    assert spec.network is not None
    network = draw_network(spec.network, rng)
    drawn = drawn.text(name, network.forward, graft=False)
    drawn = drawn.text("parameters", ", ".join(network.parameters), graft=False)
    return replace(drawn.text("asked", network.asked, graft=False), network=network)


def _several(drawn: Drawn, name: str, spec: Draw, rng: random.Random) -> Drawn:
    """A subset keeps the order of the file, a permutation draws it."""
    if spec.subset is not None:
        kept = sorted(rng.sample(range(len(spec.subset)), spec.size or 1))
        values = [spec.subset[i] for i in kept]
    else:
        values = rng.sample(spec.permutation or (), len(spec.permutation or ()))
    numbers = [exactly(v) for v in values if not isinstance(v, str)]
    if len(numbers) == len(values):
        return drawn.number(name, tuple(numbers))
    return drawn.text(name, ", ".join(str(v) for v in values), graft=False)


def _array(drawn: Drawn, name: str, spec: Draw, rng: random.Random) -> Drawn:
    assert spec.array is not None
    shape = [_size(dim, drawn) for dim in spec.array.shape]
    count = prod(shape)
    if count > MOST_ENTRIES:
        raise ValueError(f"an array of {count} entries; at most {MOST_ENTRIES} are drawn")
    entries = _entries(spec.array, count, rng)
    return drawn.number(name, _folded(entries, shape))


def _entries(spec: ArrayDraw, count: int, rng: random.Random) -> list[Fraction]:
    found: list[Fraction] = []
    for _ in range(count * TRIES):
        value = _number(spec.entries, rng)
        if not (spec.distinct and value in found):
            found.append(value)
        if len(found) == count:
            return found
    raise ValueError(f"{count} different entries did not come in {count * TRIES} draws; widen their range")


def _size(dim: str | int, drawn: Drawn) -> int:
    size = Fraction(dim) if isinstance(dim, int) else drawn.numbers.get(dim)
    if not isinstance(size, Fraction) or size.denominator != 1 or not 1 <= size <= 64:
        raise ValueError(f"the size {dim!r} is no whole number from 1 to 64 that is drawn before the array")
    return int(size)


def _folded(entries: list[Fraction], shape: list[int]) -> Constant:
    if not shape:
        return entries[0]
    width = len(entries) // shape[0]
    return tuple(_folded(entries[i * width : (i + 1) * width], shape[1:]) for i in range(shape[0]))


_DRAWERS: Mapping[str, Callable[[Drawn, str, Any, random.Random], Drawn]] = {
    "integer": _scalar,
    "decimal": _scalar,
    "rational": _scalar,
    "choice": _choice,
    "text": _text,
    "subset": _several,
    "permutation": _several,
    "array": _array,
    "network": _network,
}


def names(draws: Mapping[str, Draw]) -> list[str]:
    """Every name that the draws define; a choice of records defines its fields, not itself."""
    found: list[str] = []
    for name, spec in draws.items():
        records = spec.choice is not None and isinstance(spec.choice[0], dict)
        found += list(spec.choice[0]) if records and spec.choice else [name]  # type: ignore[arg-type]
        found += ["parameters", "asked"] if spec.network is not None else []
    return found


def structures(draws: Mapping[str, Draw]) -> list[dict[str, Plain]]:
    """Every combination of the choices that hold texts: what templates must be right for, whatever is drawn.

    At most 256 of them, evenly spread, so that a family with many choices still loads at once.
    """
    chosen = [_values(name, spec) for name, spec in draws.items() if spec.choice is not None and _has_text(spec)]
    count = prod(len(values) for values in chosen)
    stride = -(-count // MOST_STRUCTURES)
    combinations = islice(product(*chosen), 0, None, stride)
    return [{k: v for record in combination for k, v in record.items()} for combination in combinations]


def _values(name: str, spec: Draw) -> list[dict[str, Plain]]:
    """The values of a choice, each as the names that it defines."""
    return [chosen if isinstance(chosen, dict) else {name: chosen} for chosen in spec.choice or ()]


def _has_text(spec: Draw) -> bool:
    entries = (e for chosen in _values("", spec) for e in chosen.values())
    return any(isinstance(entry, str) for entry in entries)
