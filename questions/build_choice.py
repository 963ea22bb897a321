"""Keys whose answers are labels: choices, statements and orders, shuffled by the seed."""

from __future__ import annotations

import random
import string
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import mpmath

from grader.formula.errors import ReadError
from grader.formula.precise import Undefined
from grader.formula.reading import Formula, read
from grader.keys import ChoiceKey, Option, OrderingKey, StatementsKey
from questions.build_key import Built, Refused, Site, active, exact, same_formula, same_number, says
from questions.document import Path
from questions.draws import spelling
from questions.faults import suggestion
from questions.prose import Prose
from questions.schema_answers import ChoiceAnswer


@dataclass(frozen=True)
class Line:
    """An option before it has a label."""

    prose: Prose
    right: bool
    says: str = ""
    name: str = ""


def choice(site: Site) -> Built:
    spec = site.part.answer.choice
    assert spec is not None
    if spec.key is not None:
        lines, kept = _from_mistakes(site, spec)
        if len(lines) < 2:
            raise Refused
        key = ChoiceKey(_options(shuffled(lines, site.rng)))
        return Built(lambda: key, kept, _choices(key.options, shown=lines))
    listed = [
        Line(
            site.context.prose((*site.answer_path, "options", i, "text")),
            option.name == spec.right,
            site.context.prose((*site.answer_path, "options", i, "says")).text() if option.says else "",
            option.name,
        )
        for i, option in enumerate(spec.options)
    ]
    order = shuffled(listed, site.rng)
    if spec.decide is None:
        key = ChoiceKey(_options(order))
        return Built(lambda: key, choices=_choices(key.options, shown=listed))
    return Built(lambda: _decided(site, spec, order), choices=_choices(_options(order), shown=listed))


def _decided(site: Site, spec: ChoiceAnswer, lines: Sequence[Line]) -> ChoiceKey:
    """The key whose right option is named by a function of `solutions`."""
    from questions.references import call

    assert spec.decide is not None
    path = (*site.answer_path, "decide")
    right = call(spec.decide, site.context.drawn, {}, site.context.document, path)
    known = [option.name for option in spec.options]
    if right not in known:
        raise site.fault(path, f"{spec.decide} says {right!r}, which is no option.{suggestion(str(right), known)}")
    return ChoiceKey(_options([Line(line.prose, line.name == right, line.says, line.name) for line in lines]))


def _from_mistakes(site: Site, spec: ChoiceAnswer) -> tuple[list[Line], tuple[str, ...]]:
    """The key and every active mistake as lines."""
    assert spec.key is not None
    texts: list[tuple[str, Path]] = [(spec.key, (*site.answer_path, "key"))]
    for i, mistake in enumerate(site.part.mistakes):
        if not isinstance(mistake.key, str):
            raise site.fault((*site.path, "mistakes", i), f"the mistake {mistake.name!r} wants a text as its key")
        texts.append((mistake.key, site.mistake_path(i)))
    candidates = _read(site, texts, by_value=spec.show == "value")
    kept = active(site, candidates[0].meaning, [c.meaning for c in candidates[1:]], _same)
    lines = [Line(candidates[0].prose, True)]
    for i in kept:
        lines.append(Line(candidates[i + 1].prose, False, says(site, i), site.part.mistakes[i].name))
    return lines, tuple(line.name for line in lines[1:])


@dataclass(frozen=True)
class Candidate:
    """A possible option: what it shows, and what it means, by which equals are found."""

    prose: Prose
    meaning: Any


def _read(site: Site, texts: Sequence[tuple[str, Path]], *, by_value: bool) -> list[Candidate]:
    """All texts as formulas where they are formulas, as prose where none of them is one."""
    readable = [_reads(site, text) for text, _ in texts]
    if not any(readable):
        found = [site.context.prose(path) for _, path in texts]
        return [Candidate(prose, prose.text()) for prose in found]
    if by_value:
        values = [(exact(site, text, path), text) for text, path in texts]
        return [Candidate(Prose([spelling(_whole(site, v, text))]), v) for v, text in values]
    # one that cannot be read among others that can is a slip: reading it again names the place
    formulas = [site.context.formula(text, path) for text, path in texts]
    return [Candidate(Prose([f]), f) for f in formulas]


def _whole(site: Site, value: Any, text: str) -> Fraction:
    if not isinstance(value, Fraction):
        raise site.fault(site.answer_path, f"`show: value` wants rational values; {text} is {value}")
    return value


def _reads(site: Site, text: str) -> bool:
    if "$" in text:
        return False
    try:
        read(text, site.context.scope, grafts=site.context.drawn.texts)
    except ReadError:
        return False
    return True


def _same(a: Any, b: Any) -> bool:
    match a, b:
        case Formula(), Formula():
            return same_formula(a, b)
        case str(), str():
            return a == b
    return same_number(None)(a, b)


def statements(site: Site) -> Built:
    spec = site.part.answer.statements
    assert spec is not None
    chosen = site.rng.sample(range(len(spec.of)), spec.show or len(spec.of))
    lines = []
    for i in chosen:
        path = (*site.answer_path, "of", i)
        told = site.context.prose((*path, "says")).text() if spec.of[i].says else ""
        lines.append(Line(site.context.prose((*path, "text")), _is_true(site, i, path), told, str(i)))
    key = StatementsKey(_options(lines))
    return Built(lambda: key, choices=_choices(key.options, shown=lines))


def _is_true(site: Site, i: int, path: Path) -> bool:
    spec = site.part.answer.statements
    assert spec is not None
    statement = spec.of[i]
    if statement.true_if is None:
        return bool(statement.true)
    return bool(exact(site, statement.true_if, (*path, "true_if")) != 0)


def ordering(site: Site) -> Built:
    spec = site.part.answer.ordering
    assert spec is not None
    path = (*site.answer_path, "items")
    lines = [Line(site.context.prose((*path, i, "text")), True, name=item.name) for i, item in enumerate(spec.items)]
    values: list[Any] = list(range(len(lines)))  # the order of the file, unless there are values
    if spec.items[0].value is not None:
        values = [_place(site, item.value or "", (*path, i, "value")) for i, item in enumerate(spec.items)]
        if any(_same(a, b) for i, a in enumerate(values) for b in values[:i]):
            raise Refused  # a tie has no order
    rank = {line.name: value for line, value in zip(lines, values, strict=True)}
    right = sorted(lines, key=lambda line: _comparable(rank[line.name]))
    shown = shuffled(lines, site.rng)
    while shown == right and len(lines) > 2:  # nothing would be asked; of two, the order shown must say nothing
        shown = shuffled(lines, site.rng)
    options = _options(shown)
    order = tuple(o.label for o in sorted(options, key=lambda o: _comparable(rank[o.name])))
    key = OrderingKey(options, order)
    return Built(lambda: key, choices=_choices(options, shown=lines))


def _place(site: Site, text: str, path: Path) -> Any:
    try:
        return site.context.number(text, path)
    except Undefined:
        raise Refused from None


def _comparable(value: Any) -> Fraction:
    """A value that sorts beside fractions; irrational ones to 40 digits."""
    return Fraction(value) if isinstance(value, int | Fraction) else Fraction(mpmath.nstr(value, 40))


def shuffled(lines: Sequence[Line], rng: random.Random) -> list[Line]:
    """The lines in an order drawn by the seed."""
    return rng.sample(list(lines), len(lines))


def _options(lines: Sequence[Line]) -> tuple[Option, ...]:
    return tuple(
        Option(label, line.prose.text(), line.right, line.says, line.name)
        for label, line in zip(string.ascii_lowercase, lines, strict=False)
    )


def _choices(options: Sequence[Option], *, shown: Sequence[Line]) -> tuple[tuple[str, Prose], ...]:
    """Label and prose of each option."""
    by_name = {line.name: line.prose for line in shown}
    return tuple((option.label, by_name[option.name]) for option in options)
