"""500 random networks: every step is torch's gradient to nine digits and reads back as printed."""

from __future__ import annotations

import pytest
from derivations import wrong_steps
from random_programs import random_program

from grader.formula.derive import gradients, textbook

BATCHES = 10
EACH = 50


@pytest.mark.parametrize("batch", range(BATCHES))
def test_the_gradients_of_random_networks_are_those_of_autograd(batch: int) -> None:
    wrong = []
    for seed in range(batch * EACH, (batch + 1) * EACH):
        program, names = random_program(seed)
        inner = [line.name for line in program.lines[:-1]]
        found = wrong_steps(gradients(program, of="L", with_respect_to=[*names, *inner]), f"{seed}")
        found += wrong_steps(textbook(gradients(program, of="L", with_respect_to=names)), f"{seed}")
        wrong += [f"{seed}: {one}" for one in found]
    assert not wrong, "\n".join(wrong[:5])


def test_the_networks_differ() -> None:
    texts = {"\n".join(line.formula.text() for line in random_program(seed)[0].lines) for seed in range(500)}
    assert len(texts) > 400
