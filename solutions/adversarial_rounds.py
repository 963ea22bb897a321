"""Adversarial training, counted round by round."""

from __future__ import annotations


def outputs_computed(rounds: int, steps: int, n: int, m: int) -> int:
    """How often the discriminator is asked for its output on one example: by running the loops.

    rounds, steps: of training, of the discriminator in each. n: data and samples in its batches, m: in the generator's.
    """
    asked = 0
    for _ in range(int(rounds)):
        for _ in range(int(steps)):
            asked += len(range(int(n))) + len(range(int(n)))
        asked += len(range(int(m)))
    return asked
