"""The promises that every family keeps: a new family needs no new test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from grader.prover import Prover
from grader.sandbox import Sandbox
from questions.bank import load_bank
from questions.check import check_family

BANK = load_bank()
SEEDS = range(3)
KINDS = {"gradient", "derivation", "formula", "integer", "number", "choice", "statements", "shape", "ordering", "code"}


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as made:
        yield made


@pytest.fixture(scope="module")
def prover() -> Iterator[Prover]:
    with Prover() as made:
        yield made


def test_every_file_of_the_bank_loads() -> None:
    assert [str(fault) for fault in BANK.faults] == []


@pytest.mark.parametrize("id", sorted(BANK.families))
def test_a_family_keeps_its_promises(id: str, sandbox: Sandbox, prover: Prover) -> None:
    report = check_family(BANK.family(id), SEEDS, sandbox=sandbox, prover=prover)
    assert [str(broken) for broken in report.broken] == []


def test_every_kind_of_answer_is_asked() -> None:
    asked = {part.answer.kind for family in BANK.families.values() for part, _ in family.parts()}
    assert asked == KINDS


def test_a_bank_has_families_in_several_topics() -> None:
    assert len(BANK.families) >= 16
    assert len(BANK.topics()) >= 5
