"""Mutants of the model answers, judged: what the tests and the benchmark share."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace

from mutations import Mutant, mutants

from grader.answers.code import judge_code
from grader.checks import CostCheck
from grader.keys import CodeKey
from grader.sandbox import Sandbox
from grader.verdict import Outcome
from questions.bank import load_bank

BANK = load_bank()
OTHER_SEEDS = (101, 102, 103, 104)


def _by_values(name: str) -> bool:
    """Judged by what is returned, not by the quality of what was trained."""
    return any(part.answer.code and part.answer.code.reference for part, _ in BANK.family(name).parts())


FAMILIES = sorted(name for name in BANK.families if _by_values(name))


@dataclass(frozen=True)
class Survivors:
    """passed: right although they are wrong. same: right, and right for other variants too: they compute the same."""

    tried: int
    passed: tuple[str, ...]
    same: tuple[str, ...]


def survivors(name: str, sandbox: Sandbox, *, most: int | None = None, seed: int = 0) -> Survivors:
    """What of the mutants of a question's model answer is judged right. most: a sample of so many at most."""
    part = _part(name, seed)
    every = mutants(part.model)
    chosen = every if most is None else random.Random(name).sample(every, min(most, len(every)))
    right = [mutant for mutant in chosen if _right(mutant, name, seed, sandbox)]
    same = [mutant for mutant in right if all(_right(mutant, name, other, sandbox) for other in OTHER_SEEDS)]
    passed = [mutant for mutant in right if mutant not in same]
    return Survivors(len(chosen), tuple(m.what for m in passed), tuple(m.what for m in same))


def _right(mutant: Mutant, name: str, seed: int, sandbox: Sandbox) -> bool:
    key = _part(name, seed).key
    assert isinstance(key, CodeKey)
    checks = tuple(check for check in key.checks if not isinstance(check, CostCheck))  # slow, and not about values
    limits = replace(key.limits, wall_seconds=2.0, cpu_seconds=2.0)
    return judge_code(mutant.source, replace(key, checks=checks, limits=limits), sandbox).outcome is Outcome.RIGHT


def _part(name: str, seed: int):  # type: ignore[no-untyped-def]
    return next(part for part in BANK.family(name).draw(seed).parts if part.kind == "code")
