"""Notes on the LSTM with a slip in them: which line is wrong is found by asking PyTorch."""

from __future__ import annotations

import numpy as np

from solutions.arrays import Array, array, constant, leaf
from solutions.wrong_lines import only

LINES = ("gate", "cell", "output", "path", "forget", "candidate")
_UNIT = ("f", "i", "o")


def wrong_line(
    p1: str, p2: str, p3: str, p4: str, p5: str, p6: str, r1: str, r2: str, r3: str, r4: str, r5: str, r6: str
) -> str:  # fmt: skip
    """Name of the one line whose printed formula disagrees with PyTorch.

    p: the six lines; a line that is `{r2}` is the drawn text r2.
    """
    from grader.formula import Scope, Symbol, evaluate, read
    from grader.formula.cases import sample_cases
    from grader.formula.symbols import Domain

    shapes = {"W": ("H", "D"), "R": ("H", "H"), "x": ("D",)} | {name: ("H",) for name in ("b", "h", "s", *"fioukq")}
    scope = Scope({n: Symbol(n, shape, Domain("unit" if n in _UNIT else "real")) for n, shape in shapes.items()})
    case = sample_cases(scope, seed="notes on the LSTM")[0]
    point = case.point(0)
    values = {name: np.asarray(point[name], dtype=np.float64) for name in shapes}
    wrong = []
    spellings = {f"{{r{n}}}": text for n, text in enumerate((r1, r2, r3, r4, r5, r6), start=1)}
    for name, line in zip(LINES, (p1, p2, p3, p4, p5, p6), strict=True):
        text = spellings.get(line, line)
        printed = evaluate(read(text, scope), case)[0]
        truth = right_line(**values, wrong=name)
        if not np.allclose(printed, truth, rtol=1e-9, atol=1e-12):
            wrong.append(name)
    return only(wrong)


def declared_line(wrong: str) -> str:
    """The name that the notes' author gives to the wrong line."""
    return wrong


def right_line(
    W: Array, R: Array, b: Array, x: Array, h: Array, s: Array, f: Array, i: Array, o: Array, u: Array, k: Array,
    q: Array, wrong: str,
) -> Array:  # fmt: skip
    """What the line named `wrong` should say (H,): values by torch's functions, gradients by autograd."""
    import torch

    if wrong == "gate":
        return array(torch.sigmoid(torch.nn.functional.linear(constant(x), constant(W), constant(b)) + constant(R @ h)))
    if wrong == "output":
        return array(torch.mul(torch.tanh(constant(k)), constant(o)))
    gate = np.asarray(f, dtype=np.float64)
    old, logits = leaf(s), leaf(np.log(gate / (1 - gate)))
    shift = leaf(np.zeros_like(gate))
    new = constant(u) + (1 - constant(u) ** 2) * shift  # to first order the tanh near its value u
    cell = torch.addcmul(torch.sigmoid(logits) * old, constant(i), new)
    if wrong == "cell":
        return array(cell)
    leaves = {"path": old, "forget": logits, "candidate": shift}
    return array(torch.autograd.grad(cell, leaves[wrong], constant(q))[0])
