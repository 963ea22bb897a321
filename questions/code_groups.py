"""The calls of a code question, by purpose, with what its references return for them.

cases      decide; the first is shown, the others are hidden
examples   small, and may be shown: drawn from other seeds than everything that decides
gradient   expected by autograd
stability  extreme inputs
dtype      the drawn cases in float32
probes     points, forward values and directions for finite differences
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from grader.answers.code_values import scale
from questions.build_key import Site
from questions.case_inputs import Inputs, drawn_inputs, edge_inputs, nudged, sizes_of, small_inputs
from questions.code_probes import probes
from questions.code_results import Group, Outputs, Results
from questions.context import declared
from questions.document import Path
from questions.references import call, found
from questions.schema_code import Code

NUDGE = 1e-7
NUDGES = 2
EXAMPLES = 6
GRADIENT_CASES = 3
GRADIENT_TOLERANCE = 1e-7


@dataclass(frozen=True)
class Maker:
    """Makes inputs of a question and calls its references."""

    site: Site
    spec: Code

    @property
    def parameters(self) -> dict[str, Any]:
        return declared(self.spec.every)

    @property
    def seed(self) -> str:
        return f"{self.site.family}:{self.site.seed}:{self.site.part.id}"

    def inputs(self) -> tuple[Inputs, ...]:
        """The calls that decide: drawn or given, then the edges."""
        if self.spec.inputs is not None:
            return self.given(self.spec.inputs, self.site.seed, (*self.site.answer_path, "inputs"))
        drawn = drawn_inputs(self.parameters, count=self.spec.cases, seed=self.seed)
        return (*drawn, *self.edges(self.spec.edge, (*self.site.answer_path, "edge")))

    def edges(self, edges: Sequence[Any], path: Path) -> list[Inputs]:
        """One call for each edge."""
        made = []
        for i, edge in enumerate(edges):
            try:
                made.append(edge_inputs(self.parameters, edge, seed=self.seed))
            except ValueError as error:
                raise self.site.fault((*path, i), str(error)) from None
        return made

    def others(self, purpose: str, count: int) -> list[Inputs]:
        """Calls of moderate size apart from those that decide."""
        if self.spec.inputs is not None:
            other = self.site.seed + 1_000_003 * (1 + len(purpose))
            return list(self.given(self.spec.inputs, other, (*self.site.answer_path, "inputs"))[:count])
        return [edge_inputs(self.parameters, {}, seed=f"{purpose}:{i}:{self.seed}") for i in range(count)]

    def given(self, name: str, seed: int, path: Path) -> tuple[Inputs, ...]:
        """The calls that a function of `solutions` gives for the seed."""
        calls = call(name, self.site.context.drawn, {"seed": seed}, self.site.context.document, path)
        for one in calls:
            if set(one) != set(self.parameters):
                names = ", ".join(self.parameters)
                raise self.site.fault(path, f"{name} gives {', '.join(one)}; the parameters are {names}")
            try:
                sizes_of(self.parameters, one)
            except ValueError as error:
                raise self.site.fault(path, f"{name}: {error}") from None
        return tuple({parameter: one[parameter] for parameter in self.parameters} for one in calls)

    def outputs(self, name: str, inputs: Inputs, path: Path) -> Outputs:
        """What a function returns for one call, as arrays; it gets copies, so that no call changes the next."""
        copies = {key: value.copy() if isinstance(value, np.ndarray) else value for key, value in inputs.items()}
        function = found(name, self.site.context.document, path)
        try:
            result = function(**copies)
        except Exception as error:
            raise self.site.fault(path, f"{name} failed on a case: {type(error).__name__}: {error}") from error
        arrays = tuple(np.asarray(array) for array in (result if isinstance(result, tuple) else (result,)))
        if len(arrays) != len(self.spec.returns):
            names = ", ".join(self.spec.returns)
            raise self.site.fault(path, f"{name} returns {len(arrays)} arrays; `returns` names {names}")
        return arrays

    def right(self, inputs: Inputs) -> Outputs:
        """What the reference returns, where it is finite and has the promised shapes."""
        assert self.spec.reference is not None
        outputs = self.outputs(self.spec.reference, inputs, (*self.site.answer_path, "reference"))
        sizes = sizes_of(self.parameters, inputs)
        path: Path = (*self.site.answer_path, "returns")
        for array, (name, shape) in zip(outputs, self.spec.returns.items(), strict=True):
            if not np.isfinite(array).all():
                message = f"{self.spec.reference} gives {name} with NaN or infinity on a case"
                raise self.site.fault((*path, name), message)
            promised = tuple(d if isinstance(d, int) else sizes.get(d, -1) for d in shape)
            fits = len(promised) == array.ndim and all(p in (-1, s) for p, s in zip(promised, array.shape, strict=True))
            if not fits:
                message = f"{self.spec.reference} gives {name} of shape {array.shape}, promised is {list(shape)}"
                raise self.site.fault((*path, name), message)
        return outputs

    def group(self, inputs: Sequence[Inputs]) -> Group:
        """The calls with what the reference returns, and how sensitive that is."""
        expected = tuple(self.right(one) for one in inputs)
        conditions = tuple(self.conditions(one, outputs) for one, outputs in zip(inputs, expected, strict=True))
        return Group(tuple(inputs), expected, conditions)

    def conditions(self, inputs: Inputs, outputs: Outputs) -> tuple[float, ...]:
        """For each output, the largest change over the inputs' relative one, measured by small random changes."""
        assert self.spec.reference is not None
        largest = [1.0] * len(outputs)
        for k in range(NUDGES):
            path = (*self.site.answer_path, "reference")
            near = self.outputs(self.spec.reference, nudged(self.parameters, inputs, NUDGE, seed=k), path)
            for j, (a, b) in enumerate(zip(near, outputs, strict=True)):
                if a.shape == b.shape and scale(b) and np.isfinite(a).all():
                    change = float(np.max(np.abs(a.astype(np.float64) - b), initial=0.0))
                    largest[j] = max(largest[j], change / (NUDGE * scale(b)))
        return tuple(largest)


def groups_of(site: Site, spec: Code) -> Results:
    """All groups that the question's checks need. Raises FaultError for the author."""
    maker = Maker(site, spec)
    groups = {"cases": maker.group(maker.inputs()), "examples": _examples(maker)}
    checks = spec.checks
    if checks is not None:
        makers: dict[str, tuple[object, Callable[[Maker], Group]]] = {
            "gradient": (checks.gradient, _gradients),
            "stability": (checks.stability, _extremes),
            "dtype": (checks.dtype, _singles),
            "probes": (checks.consistency, _probes),
        }
        groups |= {name: make(maker) for name, (wanted, make) in makers.items() if wanted is not None}
    return Results(groups, _wrong(maker, groups["cases"]))


def _wrong(maker: Maker, cases: Group) -> tuple[tuple[Outputs, ...], ...]:
    wrong = []
    for j, mistake in enumerate(maker.site.part.mistakes):
        where = (*maker.site.path, "mistakes", j)
        if mistake.reference is None:
            raise maker.site.fault(where, "a mistake in code wants `reference`, a wrong function")
        name = mistake.reference
        wrong.append(tuple(maker.outputs(name, one, (*where, "reference")) for one in cases.inputs))
    return tuple(wrong)


def _examples(maker: Maker) -> Group:
    """Small calls, the smallest first."""
    if maker.spec.inputs is not None:
        inputs = maker.others("examples", EXAMPLES)
    else:
        spec = maker.spec
        stability = spec.checks.stability.edge if spec.checks and spec.checks.stability else ()
        words = [edge for edge in (*spec.edge, *stability) if isinstance(edge, str) and edge != "single"]
        sizes = [(1 + i // 2, "") for i in range(EXAMPLES)] + [(2, word) for word in words]
        inputs = [
            small_inputs(maker.parameters, most=most, edge=edge, seed=f"example {i}:{maker.seed}")
            for i, (most, edge) in enumerate(sizes)
        ]
    return maker.group(sorted(inputs, key=_entries))


def _entries(inputs: Inputs) -> int:
    return sum(np.size(value) for value in inputs.values())


def _extremes(maker: Maker) -> Group:
    spec = maker.spec.checks.stability if maker.spec.checks else None
    assert spec is not None
    path = (*maker.site.answer_path, "checks", "stability")
    inputs = maker.edges(spec.edge, (*path, "edge"))
    if spec.inputs is not None:
        inputs += maker.given(spec.inputs, maker.site.seed, (*path, "inputs"))
    return maker.group(inputs)


def _singles(maker: Maker) -> Group:
    """Calls in float32, with what the reference makes of these very numbers."""
    inputs = []
    for one in maker.others("dtype", GRADIENT_CASES):
        inputs.append({n: v.astype(np.float32) if _is_float(v) else v for n, v in one.items()})
    group = maker.group(inputs)
    expected = tuple(
        tuple(a.astype(np.float32) if a.dtype.kind == "f" else a for a in outputs) for outputs in group.expected
    )
    return Group(group.inputs, expected, group.conditions)


def _is_float(value: Any) -> bool:
    return isinstance(value, np.ndarray) and value.dtype.kind == "f"


def _gradients(maker: Maker) -> Group:
    """Calls with the named outputs by autograd; the reference must agree, which makes it a second road."""
    from solutions.autograd import argument_gradients

    spec = maker.spec.checks.gradient if maker.spec.checks else None
    assert spec is not None
    path = (*maker.site.answer_path, "checks", "gradient")
    forward = found(spec.forward, maker.site.context.document, (*path, "forward"))
    group = maker.group(maker.others("gradient", GRADIENT_CASES))
    expected = []
    for inputs, outputs in zip(group.inputs, group.expected, strict=True):
        upstream = None if spec.upstream is None else inputs[spec.upstream]
        try:
            gradients = argument_gradients(forward, inputs, list(spec.of.values()), upstream)
        except Exception as error:
            raise maker.site.fault((*path, "forward"), f"{spec.forward}: {type(error).__name__}: {error}") from error
        by_name = dict(zip(spec.of, gradients, strict=True))
        named = dict(zip(maker.spec.returns, outputs, strict=True))
        for name, gradient in by_name.items():
            gap = np.inf if gradient.shape != named[name].shape else np.max(np.abs(gradient - named[name]), initial=0.0)
            if gap > GRADIENT_TOLERANCE * max(scale(gradient), scale(named[name])):
                raise maker.site.fault((*path, "of"), f"the reference's {name} is not the gradient of {spec.of[name]}")
        expected.append(tuple(by_name.get(name, array) for name, array in named.items()))
    return Group(group.inputs, tuple(expected), group.conditions)


def _probes(maker: Maker) -> Group:
    spec = maker.spec.checks.consistency if maker.spec.checks else None
    assert spec is not None
    path = (*maker.site.answer_path, "checks", "consistency")
    function = found(spec.reference, maker.site.context.document, (*path, "reference"))
    try:
        return probes(
            maker.others("probes", 12), spec, function, maker.right, list(maker.spec.returns), maker.parameters
        )
    except ValueError as error:
        raise maker.site.fault((*path, "reference"), str(error)) from error
