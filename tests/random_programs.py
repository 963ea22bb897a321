"""Random forward programs: layers, activations, losses, shared weights, residual and multiplicative connections."""

from __future__ import annotations

import itertools
import random
from dataclasses import dataclass, field

from formula_scope import scope_of, symbol

from grader.formula import Program, Scope, read_program

ACTIVATIONS = "tanh sigmoid softplus sin gelu arctan cos".split()
SINGLE_LOSSES = (
    "sum(({y} - t)**2)/2",
    "-sum(t*log_softmax({y}))",
    "logsumexp({y}) - sum(t*{y})",
    "norm({y} - t)",
    "mean(({y} - t)**2)",
    "sum(softplus(-t*{y}))",
    "-sum(t*log(sigmoid({y})) + (1 - t)*log(1 - sigmoid({y})))",
    "sum(max({y}, 0)*t) + c*sum(abs({y}))",
    "-log(softmax({y}) @ t)",
    "var({y}) + sum({y}*t)",
    "-sum(exp(t)*log(softmax({y})))/sum(exp(t))",
    "sum(exp(t)*({y} - t)**2)/sum(exp(t))",
)
BATCH_LOSSES = (
    "sum(({y} - T)**2)/(2*N)",
    "-sum(T*log_softmax({y}, axis=1))/N",
    "mean(logsumexp({y}, axis=1) - sum(T*{y}, axis=1))",
    "sum(T*softmax({y}, axis=1))",
    "norm({y} - T)**2",
    "sum(T*({y} - mean({y}, axis=0))/sqrt(var({y}, axis=0) + 1))",
)


@dataclass
class _Writer:
    rng: random.Random
    lines: list[str] = field(default_factory=list)
    symbols: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def line(self, name: str, text: str) -> str:
        self.lines.append(f"{name} = {text}")
        return name

    def weight(self, *shape: str) -> str:
        """A weight of that shape: now and then one that is there already."""
        same = [name for name, known in self.symbols.items() if known == shape and name[0] == "W"]
        if same and self.rng.random() < 0.3:
            return self.rng.choice(same)
        name = f"W{len(self.symbols)}"
        self.symbols[name] = shape
        return name

    def bias(self, dim: str) -> str:
        name = f"b{len(self.symbols)}"
        self.symbols[name] = (dim,)
        return name


def random_program(seed: int) -> tuple[Program, tuple[str, ...]]:
    """A program whose last line is the scalar L, and the names to differentiate by."""
    rng = random.Random(f"program:{seed}")
    writer = _Writer(rng)
    batch = rng.random() < 0.4
    layer = _batch_layer if batch else _single_layer
    depth = rng.randint(1, 4)
    dims = ["D", *(rng.choice("HHM") for _ in range(depth - 1)), "K"]
    value = "X" if batch else "x"
    writer.symbols[value] = ("N", "D") if batch else ("D",)
    for i, (a, b) in enumerate(itertools.pairwise(dims)):
        value = layer(writer, value, a, b, i)
    losses = BATCH_LOSSES if batch else SINGLE_LOSSES
    writer.line("L", rng.choice(losses).format(y=value) + _penalty(writer))
    fixed = [symbol("T", "N", "K", domain="unit"), symbol("t", "K", domain="simplex"), symbol("c", domain="positive")]
    scope: Scope = scope_of(*(symbol(name, *shape) for name, shape in writer.symbols.items()), *fixed)
    return read_program("\n".join(writer.lines), scope), tuple(writer.symbols)


def _single_layer(w: _Writer, x: str, a: str, b: str, i: int) -> str:
    z = w.line(f"z{i}", f"{w.weight(b, a)} @ {x}" + (f" + {w.bias(b)}" if w.rng.random() < 0.7 else ""))
    h = w.line(f"h{i}", f"{w.rng.choice(ACTIVATIONS)}({z})") if w.rng.random() < 0.8 else z
    return _joined(w, h, x if a == b else "", i, axis="")


def _batch_layer(w: _Writer, x: str, a: str, b: str, i: int) -> str:
    z = w.line(f"z{i}", f"{x} @ {w.weight(b, a)}.T" + (f" + {w.bias(b)}" if w.rng.random() < 0.7 else ""))
    h = w.line(f"h{i}", f"{w.rng.choice(ACTIVATIONS)}({z})") if w.rng.random() < 0.8 else z
    return _joined(w, h, x if a == b else "", i, axis=", axis=1")


def _joined(w: _Writer, h: str, x: str, i: int, axis: str) -> str:
    """The layer's output as it is, added to its input, multiplied with it or with a gate of itself, or normalised."""
    kind = w.rng.choice(["plain", "plain", "residual", "product", "gate", "softmax", "norm"])
    if kind == "residual" and x:
        return w.line(f"r{i}", f"{h} + {x}")
    if kind == "product" and x:
        return w.line(f"r{i}", f"{h}*{x}")
    if kind == "gate":
        return w.line(f"r{i}", f"{h}*sigmoid({h})")
    if kind == "softmax":
        return w.line(f"r{i}", f"softmax({h}{axis})")
    if kind == "norm":
        keep = ", keepdims=True" if axis else ""
        return w.line(f"r{i}", f"{h}/norm({h}{axis}{keep})")
    return h


def _penalty(w: _Writer) -> str:
    weights = [name for name in w.symbols if name[0] == "W"]
    return f" + c*sum({w.rng.choice(weights)}**2)" if w.rng.random() < 0.3 else ""
