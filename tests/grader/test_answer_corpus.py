"""The corpus of answers: each earns the verdict it deserves, and each label is confirmed by a road of its own."""

from __future__ import annotations

import inspect
import random
from collections import Counter
from collections.abc import Iterator

import mpmath
import numpy as np
import pytest
import torch
from answers import autograd, corpus, independent

from grader.answers import judge
from grader.verdict import Outcome, Verdict

VERDICT_OF = {
    Outcome.RIGHT: "equal",
    Outcome.PARTIAL: "different",
    Outcome.WRONG: "different",
    Outcome.UNREADABLE: "unreadable",
    Outcome.UNDECIDED: "undecided",
}
GROUPS = sorted({pair.group["id"] for pair in corpus.pairs()})


def of_group(name: str) -> Iterator[corpus.Pair]:
    return (pair for pair in corpus.pairs() if pair.group["id"] == name)


def earns(verdict: Verdict, diagnosis: str) -> bool:
    """Whether a remark of the verdict has the code, and where a value is given, holds it."""
    code, _, value = diagnosis.partition(":")
    found = [f for f in verdict.feedback if f.code == f"formula.{code}"]
    return bool(found) and (not value or any(value in map(str, f.data.values()) for f in found))


def test_the_corpus_is_large_and_mostly_deep_learning_with_shapes() -> None:
    pairs = corpus.pairs()
    assert len(pairs) >= 550
    assert sum(not pair.scalar for pair in pairs) >= len(pairs) / 2
    verdicts = Counter(pair.verdict for pair in pairs)
    assert min(verdicts["equal"], verdicts["different"]) >= 250
    assert verdicts["unreadable"] >= 100


@pytest.mark.parametrize("name", GROUPS)
def test_every_answer_earns_its_verdict(name: str) -> None:
    wrong = []
    for pair in of_group(name):
        verdict = judge(pair.answer, corpus.key(pair))
        got = VERDICT_OF.get(verdict.outcome, str(verdict.outcome))
        codes = [f.code for f in verdict.feedback]
        if got != pair.verdict:
            wrong.append(f"{pair.id}: {pair.answer[:200]!r} should be {pair.verdict}, was {got} {codes}")
        elif pair.diagnosis and not earns(verdict, pair.diagnosis):
            wrong.append(f"{pair.id}: {pair.answer!r} should earn {pair.diagnosis}, earned {codes}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("name", GROUPS)
def test_every_label_is_confirmed_by_an_independent_evaluation(name: str) -> None:
    wrong = []
    for pair in of_group(name):
        if pair.verdict == "unreadable":
            continue
        found = independent.relation(pair.group, pair.means, pair.key_means, name)
        if pair.same_domain and found == "equal":
            alike = independent.same_domain(pair.group, pair.means, pair.key_means, name)
            found = "equal" if alike else "different"
        if found != pair.verdict:
            wrong.append(f"{pair.id}: {pair.means!r} is labelled {pair.verdict}, found {found}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("name", sorted(autograd.KEYS))
def test_a_key_is_what_torch_computes(name: str) -> None:
    pair = next(of_group(name))
    rng = random.Random(f"torch:{name}")
    for _ in range(4):
        with mpmath.workdps(independent.DIGITS):
            point = independent.draw_point(pair.group, rng, widest=2)
            key = independent.with_free(pair.key_means, point, pair.group).data
        function = autograd.KEYS[name]
        given = {n.replace("lambda", "lambda_"): tensor(v.data) for n, v in point.values.items()}
        asked = {n: given[n] for n in inspect.signature(function).parameters}
        with np.errstate(all="ignore"):
            got = function(**asked).numpy()
        np.testing.assert_allclose(got, np.array(key, dtype=float), rtol=1e-7, atol=1e-9)


def tensor(data: object) -> torch.Tensor:
    return torch.tensor(np.array(data, dtype=float))
