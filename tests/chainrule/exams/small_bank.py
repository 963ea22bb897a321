"""A small bank made by hand for the tests of exams: families of known topic, level, kinds and marks."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from chainrule.exams.blueprint import load_blueprint
from chainrule.exams.blueprint_schema import Blueprint
from questions.bank import Bank
from questions.family import Family, read_family

ANSWERS = {"integer": 'integer: "n + 1"', "formula": 'formula: "n*x"', "number": 'number: "n/3"'}


def family(id: str, *, level: int = 1, kinds: Iterable[str] = ("integer",), marks: float = 1) -> Family:
    """A family of one part for each kind; each part has the marks."""
    topic, _, name = id.partition(".")
    lines = [
        f"title: {name}", "course: layers.linear", f"level: {level}", "source: by hand",
        "draw: {n: {integer: [1, 1000]}}", "symbols: {x: []}", "parts:",
    ]  # fmt: skip
    for letter, kind in zip("abcd", kinds, strict=False):
        lines += [f"- {{id: {letter}, marks: {marks}, prompt: 'From {{n}}.', answer: {{{ANSWERS[kind]}}}}}"]
    return read_family("\n".join(lines), f"{topic}/{name}.yaml", topic=topic, name=name)


def bank(*families: Family) -> Bank:
    return Bank({one.id: one for one in families})


def square_bank(topics: int = 4, each: int = 4) -> Bank:
    """Topics t0, t1, ... with families q1, q2, ... of the level and the marks of their number."""
    return bank(*(family(f"t{t}.q{q}", level=q, marks=q) for t in range(topics) for q in range(1, each + 1)))


def loaded(folder: Path, text: str, known: Bank) -> Blueprint:
    """The blueprint of that text."""
    path = folder / "exam.yaml"
    path.write_text(text, encoding="utf-8")
    return load_blueprint(path, known)


def blueprint(sections: str, known: Bank, folder: Path, *, minutes: float = 0) -> Blueprint:
    """A blueprint of these sections, in YAML flow style."""
    return loaded(folder, f"title: T\nminutes: {minutes}\nsections:\n{sections}", known)
