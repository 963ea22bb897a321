"""Drawn networks: forward programs with their symbols, a pure function of the specification and the random source."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field

from grader.formula.symbols import Domain, Symbol
from questions.schema_network import NetworkSpec

SCHEMES = (  # names of the input, the weights, the biases, the sums, the outputs
    ("x", "W", "b", "z", "h"),
    ("x", "W", "b", "a", "h"),
    ("x", "V", "c", "s", "o"),
    ("u", "A", "b", "z", "v"),
)
LOSSES: Mapping[str, tuple[str, ...]] = {
    "square": ("L = sum(({y} - {t})**2)",),
    "half-square": ("L = sum(({y} - {t})**2)/2",),
    "cross-entropy": ("{p} = softmax({y})", "L = -sum({t}*log({p}))"),
    "logits": ("L = logsumexp({y}) - {t} @ {y}",),
    "logistic": ("L = sum(softplus({y}) - {t}*{y})",),  # cross-entropy of sigmoid, without its cancellation
}
BATCH_LOSSES: Mapping[str, tuple[str, ...]] = {
    "square": ("L = sum(({y} - {t})**2)/N",),
    "half-square": ("L = sum(({y} - {t})**2)/(2*N)",),
    "cross-entropy": ("{p} = softmax({y}, axis=1)", "L = -sum({t}*log({p}))/N"),
    "logits": ("L = mean(logsumexp({y}, axis=1)) - sum({t}*{y})/N",),
    "logistic": ("L = sum(softplus({y}) - {t}*{y})/N",),
}
TARGETS = {"cross-entropy": "one_hot", "logits": "one_hot", "logistic": "binary"}
OFTEN, SOMETIMES = 0.7, 0.4


@dataclass(frozen=True)
class Network:
    """A drawn forward program. parameters: weights and biases in order; asked: one of its weights."""

    forward: str
    symbols: Mapping[str, Symbol]
    parameters: tuple[str, ...]
    asked: str


def draw_network(spec: NetworkSpec, rng: random.Random) -> Network:
    """A network within the limits of the specification."""
    return _Draw(spec, rng, *rng.choice(SCHEMES)).network()


@dataclass
class _Draw:
    """One draw: lines and symbols as they are found."""

    spec: NetworkSpec
    rng: random.Random
    input: str
    weight: str
    bias: str
    sum: str
    output: str
    lines: list[str] = field(default_factory=list)
    symbols: dict[str, Symbol] = field(default_factory=dict)
    parameters: list[str] = field(default_factory=list)
    batch: bool = False
    has_bias: bool = False

    def network(self) -> Network:
        spec, rng = self.spec, self.rng
        self.batch = spec.batch and rng.random() < 0.5
        depth, loss = rng.randint(*spec.depth), rng.choice(spec.losses)
        self.has_bias = spec.bias and rng.random() < OFTEN
        widths = self._widths(depth)
        value = self.input.upper() if self.batch else self.input
        self.symbols[value] = Symbol(value, self._shape(widths[0]))
        for i in range(depth):
            last = i == depth - 1
            value = self._layer(value, widths[i], widths[i + 1], i if depth > 1 else None, last=last, loss=loss)
        self._loss(loss, value, widths[-1])
        asked = rng.choice([name for name in self.parameters if name.startswith(self.weight)])
        return Network("\n".join(self.lines), dict(self.symbols), tuple(self.parameters), asked)

    def _widths(self, depth: int) -> list[str]:
        """The sizes of the input and of each layer; equal ones where layers are joined or share weights."""
        inner = "H" if set(self.spec.connections) - {"plain"} or self.spec.shared else ""
        names = ["D", *(inner or f"H{i + 1}" if depth > 2 else "H" for i in range(depth - 1)), "K"]
        if inner and self.rng.random() < SOMETIMES:
            names[0] = "H"
        return names

    def _shape(self, width: str) -> tuple[str, ...]:
        return ("N", width) if self.batch else (width,)

    def _named(self, stem: str, i: int | None) -> str:
        return stem if i is None else f"{stem}{i + 1}"

    def _layer(self, value: str, before: str, after: str, i: int | None, *, last: bool, loss: str) -> str:
        weight = self._weight(before, after, i)
        total = self._named(self.sum, i)
        product = f"{value} @ {weight}" if self.batch else f"{weight} @ {value}"
        self.lines.append(f"{total} = {product}{self._bias(after, i)}")
        if last and loss in TARGETS:
            return total
        name = self._named(self.output if not (last and i is None) else "y", i)
        activation = self.rng.choice(self.spec.activations)
        call = f"leaky_relu({total}, 0.1)" if activation == "leaky_relu" else f"{activation}({total})"
        self.lines.append(f"{name} = {self._joined(call, total, value if before == after else '')}")
        return name

    def _weight(self, before: str, after: str, i: int | None) -> str:
        """A new weight, or where that is allowed one of the same shape that is there already."""
        shape = (before, after) if self.batch else (after, before)
        known = [n for n in self.parameters if self.symbols[n].shape == shape]
        if self.spec.shared and known and self.rng.random() < 0.6:
            return self.rng.choice(known)
        return self._parameter(self._named(self.weight, i), shape)

    def _bias(self, width: str, i: int | None) -> str:
        return f" + {self._parameter(self._named(self.bias, i), (width,))}" if self.has_bias else ""

    def _parameter(self, name: str, shape: tuple[str, ...]) -> str:
        self.symbols[name] = Symbol(name, shape)
        self.parameters.append(name)
        return name

    def _joined(self, call: str, total: str, value: str) -> str:
        """The output of a layer as it is, added to its input, multiplied with it, or gated by itself."""
        kinds = [kind for kind in self.spec.connections if value or kind in {"plain", "gate"}]
        kind = self.rng.choice(kinds or ["plain"])
        return {
            "plain": call,
            "residual": f"{value} + {call}",
            "product": f"{value} * {call}",
            "gate": f"{call} * sigmoid({total})",
        }[kind]

    def _loss(self, loss: str, value: str, width: str) -> None:
        target = "T" if self.batch else "t"
        kind = TARGETS.get(loss, "real")
        self.symbols[target] = Symbol(target, self._shape(width), Domain(kind))
        lines = (BATCH_LOSSES if self.batch else LOSSES)[loss]
        names = {"y": value, "t": target, "p": "P" if self.batch else "p"}
        self.lines += [line.format(**names) for line in lines]
        if self.spec.penalty and self.rng.random() < SOMETIMES:
            self.symbols["lambda"] = Symbol("lambda", (), Domain("positive"))
            weight = self.rng.choice([name for name in self.parameters if name.startswith(self.weight)])
            self.lines[-1] += f" + lambda*sum({weight}**2)"
