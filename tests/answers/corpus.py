"""The pairs of `tests/answers/*.yaml` as objects, and the scopes they are read in."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from grader.formula import Domain, Scope, Symbol, read
from grader.keys import FormulaKey

FOLDER = Path(__file__).resolve().parent
VERDICTS = ("equal", "different", "unreadable", "undecided")
GROUP_FIELDS = {"id", "symbols", "indices", "free", "asked", "expected", "means", *VERDICTS}
PAIR_FIELDS = {"answer", "means", "times", "diagnosis", "same_domain"}


@dataclass(frozen=True, eq=False)
class Pair:
    """One answer to one key. means, key_means: both in plain Python."""

    id: str
    answer: str
    expected: str
    verdict: str
    means: str
    key_means: str
    diagnosis: str
    same_domain: bool
    group: Mapping[str, Any] = field(repr=False)

    @property
    def scalar(self) -> bool:
        """True where only numbers occur, so that systems without shapes can be asked."""
        entries = self.group.get("symbols", {}).values()
        shapes = [e.get("shape", ()) if isinstance(e, Mapping) else e for e in entries]
        return not any(shapes) and not self.group.get("indices")

    def record(self) -> dict[str, Any]:
        """The pair as a line of a cases file."""
        kept = {k: self.group[k] for k in ("symbols", "indices", "free") if k in self.group}
        return {"id": self.id, "answer": self.answer, "expected": self.expected, **kept}


@functools.cache
def pairs() -> tuple[Pair, ...]:
    """Every pair, in the order of the files' names."""
    found = tuple(pair for path in sorted(FOLDER.glob("*.yaml")) for pair in _of_file(path))
    if len({pair.id for pair in found}) != len(found):
        raise ValueError("two pairs share an id")
    return found


def _of_file(path: Path) -> Iterator[Pair]:
    for group in yaml.safe_load(path.read_text(encoding="utf-8")):
        if unknown := set(group) - GROUP_FIELDS:
            raise ValueError(f"{path.name}: {group.get('id')}: unknown fields {sorted(unknown)}")
        for verdict in VERDICTS:
            for number, entry in enumerate(group.get(verdict, ()), 1):
                yield _pair(group, verdict, number, entry)


def _pair(group: Mapping[str, Any], verdict: str, number: int, entry: Any) -> Pair:
    given = entry if isinstance(entry, Mapping) else {"answer": entry}
    if unknown := set(given) - PAIR_FIELDS:
        raise ValueError(f"{group['id']}: {given}: unknown fields {sorted(unknown)}")
    answer = str(given["answer"]) * given.get("times", 1)
    expected = str(group["expected"])
    return Pair(
        id=f"{group['id']}/{verdict}-{number}",
        answer=answer,
        expected=expected,
        verdict=verdict,
        means=given.get("means", answer),
        key_means=group.get("means", expected),
        diagnosis=given.get("diagnosis", ""),
        same_domain=given.get("same_domain", False),
        group=group,
    )


def scope(group: Mapping[str, Any]) -> Scope:
    """The scope that a group declares."""
    symbols = {name: _symbol(name, entry) for name, entry in group.get("symbols", {}).items()}
    return Scope(symbols, indices=dict(group.get("indices", {})))


def _symbol(name: str, entry: Any) -> Symbol:
    if not isinstance(entry, Mapping):
        return Symbol(name, tuple(entry))
    return Symbol(name, tuple(entry.get("shape", ())), _domain(entry.get("domain", "real")), entry.get("first", 1))


def _domain(entry: Any) -> Domain:
    if isinstance(entry, Mapping):
        ((kind, (low, high)),) = entry.items()
        return Domain(kind, low, high)
    return Domain(entry)


def key(pair: Pair) -> FormulaKey:
    """The key that a pair's answer is judged by. Raises `LearnerError` where it cannot be read."""
    known = scope(pair.group)
    asked = tuple(pair.group.get("asked", ()))
    return FormulaKey(read(pair.expected, known), known, same_domain=pair.same_domain, asked=asked)
