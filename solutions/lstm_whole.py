"""The whole derivative from one cell state of an LSTM unit to the next, through the output as well."""

from __future__ import annotations

import math

from solutions.arrays import leaf


def derivative_drawn(F: float, A: float, U: float, B: float, S: float, R: float, weight: str) -> float:
    """dk/ds by autograd at gates F, A, candidate U, output gate B, cell state S.

    weight: 'rf', 'ri' or 'ru', the one recurrent weight that is not 0; it is R. Biases are such that the values fit.
    """
    import torch

    s = leaf(float(S))
    h = float(B) * torch.tanh(s)
    shares = {name: float(R) * (h - h.detach()) if name == weight else 0.0 for name in ("rf", "ri", "ru")}
    f = torch.sigmoid(math.log(float(F) / (1 - float(F))) + shares["rf"] + 0 * h)
    i = torch.sigmoid(math.log(float(A) / (1 - float(A))) + shares["ri"] + 0 * h)
    u = torch.tanh(math.atanh(float(U)) + shares["ru"] + 0 * h)
    (found,) = torch.autograd.grad(f * s + i * u, s)
    return float(found)


def fate(F: float, A: float, U: float, B: float, S: float, R: float, weight: str, n: int) -> str:
    """'grows', 'shrinks' or 'kept' (within a factor of 5) after n steps, by multiplying."""
    factor, size = derivative_drawn(F, A, U, B, S, R, weight), 1.0
    for _ in range(int(n)):
        size *= abs(factor)
    return "grows" if size > 5 else "shrinks" if size < 0.2 else "kept"


def fate_by_logarithm(F: float, A: float, U: float, B: float, S: float, R: float, weight: str, n: int) -> str:
    """The same from the logarithm of a difference quotient of one step."""
    gates = {"rf": float(F), "ri": float(A)}
    logits = {name: math.log(gate / (1 - gate)) for name, gate in gates.items()} | {"ru": math.atanh(float(U))}

    def step(s: float) -> float:
        moved = float(R) * float(B) * (math.tanh(s) - math.tanh(float(S)))
        z = {name: logit + (moved if name == weight else 0) for name, logit in logits.items()}
        return s / (1 + math.exp(-z["rf"])) + math.tanh(z["ru"]) / (1 + math.exp(-z["ri"]))

    quotient = (step(float(S) + 1e-5) - step(float(S) - 1e-5)) / 2e-5
    total = int(n) * math.log(abs(quotient))
    return "grows" if total > math.log(5) else "shrinks" if total < -math.log(5) else "kept"
