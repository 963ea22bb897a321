"""From the specification of a part to its key, for one variant.

A mistake that coincides with the key in this variant is left out, and so is one that coincides with a mistake
before it. What coincides is decided by the judges themselves, so that an active mistake is always recognised.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from grader.formula.precise import Undefined
from grader.formula.reading import Formula
from grader.formula.symbols import Scope
from grader.keys import FormulaKey, Key, Mistake, NumberKey, Partial, ShapeKey
from questions.context import Context
from questions.decisive import decisive
from questions.document import Path
from questions.faults import FaultError
from questions.prose import Prose
from questions.schema import Autograd, MistakeSpec, PartSpec
from questions.variant import Derived

Memo = dict[Any, tuple[int, ...]]
MOST_REMEMBERED = 2000


class Refused(Exception):
    """These values cannot be asked, others may: draw again."""


@dataclass(frozen=True)
class Built:
    """A part's key and what comes with it. active: names of the mistakes that count in this variant.

    derived: the gradients that the key is, where it was derived from the forward program.
    """

    make: Callable[[], Key]
    active: tuple[str, ...] = ()
    choices: tuple[tuple[str, Prose], ...] = ()
    derived: Derived | None = None


@dataclass(frozen=True)
class Site:
    """Where a part is built: its specification, its place in the file, the names, and its own random source.

    memo: which mistakes are active, by what was drawn; comparing formulas takes time.
    drawn_scope: the drawn numbers that the text gives by name, which an answer that is a number may use.
    roads: the derivatives that the key is, by autograd.
    """

    family: str
    version: str
    seed: int
    part: PartSpec
    path: Path
    context: Context
    rng: random.Random
    memo: Memo
    drawn_scope: Scope
    roads: tuple[Autograd, ...] = ()

    @property
    def answer_path(self) -> Path:
        return (*self.path, "answer", self.part.answer.kind)

    def mistake_path(self, i: int) -> Path:
        return (*self.path, "mistakes", i, "key")

    def fault(self, path: Path, message: str) -> FaultError:
        return FaultError([self.context.document.fault(path, message)])

    def seed_of_structure(self) -> Any:
        """What decides which mistakes of a formula are active."""
        return self.part.id, self.context.drawn.structure, tuple(sorted(self.context.drawn.numbers.items()))


def build(site: Site) -> Built:
    """The key of the part. Raises `FaultError` for the author, `Refused` where other values are wanted."""
    from questions.build_choice import choice, ordering, statements
    from questions.build_derivation import derivation, gradient
    from questions.code_cases import code

    builders: Mapping[str, Callable[[Site], Built]] = {
        "formula": formula,
        "gradient": gradient,
        "derivation": derivation,
        "integer": number,
        "number": number,
        "shape": shape,
        "choice": choice,
        "statements": statements,
        "ordering": ordering,
        "code": code,
    }
    return builders[site.part.answer.kind](site)


def formula(site: Site) -> Built:
    spec = site.part.answer.formula
    assert spec is not None
    scope = site.context.scope
    right = site.context.formula(spec.key, (*site.answer_path, "key"))
    wrong = [site.context.formula(text, path) for text, path in mistake_texts(site)]
    kept = active(site, right, wrong, same_formula)
    mistakes = named(site, wrong, kept)
    key = FormulaKey(
        formula=right,
        scope=scope,
        mistakes=mistakes,
        same_domain=spec.same_domain,
        asked=tuple(f"d{road.of}/d{road.with_respect_to}" for road in site.roads),
        partial=Partial(**spec.partial.model_dump()),
        alternatives=lambda: (*other_conventions(site, right, spec.key), *other_names(site)),
    )
    return Built(lambda: key, names(mistakes))


def other_conventions(site: Site, right: Formula, text: str) -> tuple[Mistake[Formula], ...]:
    """The key in the conventions that this part does not take. text: the key as written."""
    from questions.conventions import alternatives

    return alternatives(site.context, site.part.conventions, (*site.path, "conventions"), right, text)


def other_names(site: Site) -> tuple[Mistake[Formula], ...]:
    """The derivatives by other names of the program, where the key is one by autograd."""
    from questions.other_gradients import other_gradients

    program = site.context.program
    return tuple(m for road in site.roads[:1] if program is not None for m in other_gradients(program, road))


def number(site: Site) -> Built:
    """A number, or a whole number: exact over the drawn values."""
    path = (*site.answer_path, "key")
    digits, text = _digits(site.part)
    right = exact(site, text, path)
    if site.part.answer.kind == "integer" and getattr(right, "denominator", 0) != 1:
        raise site.fault(path, f"the key is {right} here; `integer` promises a whole number, `number` does not")
    found = [(i, mistaken(site, text, where)) for i, (text, where) in enumerate(mistake_texts(site))]
    defined = [(i, value) for i, value in found if value is not None]
    kept = [defined[j] for j in _distinct(right, [value for _, value in defined], same_number(digits))]
    mistakes = tuple(_mistake(site, i, value) for i, value in kept)
    key = NumberKey(right, digits, site.drawn_scope, (*mistakes, *_other_numbers(site, text, path)))
    return Built(lambda: key, names(mistakes))


def _other_numbers(site: Site, text: str, path: Path) -> tuple[Mistake[Any], ...]:
    """The number in the conventions that this part does not take, where it has a value there."""
    if not site.part.conventions:
        return ()
    found = other_conventions(site, site.context.formula(text, path), text)
    valued = ((mistake, exact_or_none(mistake.key)) for mistake in found)
    return tuple(replace(mistake, key=value) for mistake, value in valued if value is not None)


def _digits(part: PartSpec) -> tuple[int | None, str]:
    if part.answer.integer is not None:
        return None, part.answer.integer.key
    assert part.answer.number is not None
    return (None if part.answer.number.exact else part.answer.number.digits), part.answer.number.key


def shape(site: Site) -> Built:
    assert site.part.answer.shape is not None
    right = sizes(site, site.part.answer.shape, site.answer_path)
    wrong = []
    for i, spec in enumerate(site.part.mistakes):
        if not isinstance(spec.key, tuple):
            raise site.fault(site.mistake_path(i), "a mistake about a shape wants a list of sizes as its key")
        wrong.append(sizes(site, spec.key, site.mistake_path(i)))
    kept = _distinct(right, wrong, lambda a, b: a == b)
    mistakes = named(site, wrong, kept)
    key = ShapeKey(right, mistakes)
    return Built(lambda: key, names(mistakes))


def sizes(site: Site, texts: Sequence[str], path: Path) -> tuple[int, ...]:
    """The sizes of a shape; each must come out whole and not negative."""
    result = []
    for i, text in enumerate(texts):
        value = exact(site, text, (*path, i))
        if not isinstance(value, Fraction) or value.denominator != 1 or value < 0:
            raise site.fault((*path, i), f"this size is {value} here; expected a whole number")
        result.append(int(value))
    return tuple(result)


def exact(site: Site, text: str, path: Path) -> Any:
    """The exact value of a formula over the drawn numbers."""
    try:
        return site.context.number(text, path)
    except Undefined as error:
        drawn = ", ".join(f"{n} = {site.context.drawn.spelled[n]}" for n in site.context.drawn.numbers)
        raise site.fault(path, f"{text} has no value for {drawn} ({error}); exclude that in `where`") from None


def mistaken(site: Site, text: str, path: Path) -> Any:
    """The value of a mistake, None where it has none for these values: nobody can type it then."""
    try:
        return site.context.number(text, path)
    except Undefined:
        return None


def exact_or_none(formula: Formula) -> Any:
    """The exact value, None where there is none."""
    from grader.formula.exact_value import exact

    try:
        return exact(formula)
    except Undefined:
        return None


def mistake_texts(site: Site) -> list[tuple[str, Path]]:
    """The formulas of the declared mistakes, each with its place."""
    texts = []
    for i, spec in enumerate(site.part.mistakes):
        if not isinstance(spec.key, str):
            raise site.fault((*site.path, "mistakes", i), f"the mistake {spec.name!r} wants a formula as its key")
        texts.append((spec.key, site.mistake_path(i)))
    return texts


def same_formula(a: Any, b: Any) -> bool:
    """True where the judge takes one formula for the other."""
    from grader.equivalence import Equal, compare

    return isinstance(compare(a, b), Equal)


def same_number(digits: int | None) -> Callable[[Any, Any], bool]:
    """True where the judge takes one number for the other, asked to `digits` digits."""
    from grader.answers.number import is_close

    return lambda a, b: is_close(a, b, digits)


def active(site: Site, right: Any, wrong: Sequence[Any], same: Callable[[Any, Any], bool]) -> tuple[int, ...]:
    """Positions of the mistakes that count, remembered for what was drawn."""
    formulas = [each for each in (right, *wrong) if isinstance(each, Formula)]
    whole = len(formulas) == 1 + len(wrong)
    key = (site.part.id, decisive(site.context, formulas)) if whole else site.seed_of_structure()
    return remembered(site, key, lambda: _distinct(right, wrong, same))


def remembered(site: Site, key: Any, find: Callable[[], tuple[int, ...]]) -> tuple[int, ...]:
    """The positions that `find` gives, found once for a key."""
    if len(site.memo) > MOST_REMEMBERED:
        site.memo.clear()
    if key not in site.memo:
        site.memo[key] = find()
    return site.memo[key]


def _distinct(right: Any, wrong: Sequence[Any], same: Callable[[Any, Any], bool]) -> tuple[int, ...]:
    """Positions of what differs from the key and from everything kept before it."""
    kept: list[int] = []
    for i, candidate in enumerate(wrong):
        if not any(same(candidate, other) for other in (right, *(wrong[j] for j in kept))):
            kept.append(i)
    return tuple(kept)


def named(site: Site, wrong: Sequence[Any], kept: Sequence[int]) -> tuple[Mistake[Any], ...]:
    """The kept mistakes with their names and sentences."""
    return tuple(_mistake(site, i, wrong[i]) for i in kept)


def _mistake(site: Site, i: int, key: Any) -> Mistake[Any]:
    spec: MistakeSpec = site.part.mistakes[i]
    return Mistake(spec.name, key, says(site, i), spec.worth)


def says(site: Site, i: int) -> str:
    """The sentence of a mistake, with its drawn values."""
    return site.context.prose((*site.path, "mistakes", i, "says")).text()


def names(mistakes: Sequence[Mistake[Any]]) -> tuple[str, ...]:
    return tuple(mistake.name for mistake in mistakes)
