"""Keys of code questions: inputs, and what the reference and the wrong references return for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.answers.code_values import close, noise_of
from grader.formula.symbols import Symbol
from grader.keys import Accuracy, CodeCase, CodeKey, Limits, Mistake
from questions import case_store
from questions.build_key import Built, Site, says
from questions.case_inputs import Inputs, drawn_inputs, edge_inputs, sizes_of
from questions.context import declared
from questions.document import Path
from questions.references import call, found
from questions.schema_code import Code

FORMAT = "1"  # of the stored cases, and of the way in which inputs are drawn
Outputs = tuple[NDArray[Any], ...]


@dataclass(frozen=True)
class Results:
    """All calls of a question. wrong: for each mistake the outputs of every call."""

    inputs: tuple[Inputs, ...]
    expected: tuple[Outputs, ...]
    wrong: tuple[tuple[Outputs, ...], ...]


def code(site: Site) -> Built:
    """The key of a code question; nothing runs before the key is asked for."""
    assert site.part.answer.code is not None
    return Built(lambda: _key(site), tuple(mistake.name for mistake in site.part.mistakes))


def _key(site: Site) -> CodeKey:
    spec = site.part.answer.code
    assert spec is not None
    limits = Limits(spec.limits.wall_seconds, spec.limits.cpu_seconds, spec.limits.memory_mib)
    results = _inputs_alone(site, spec) if spec.accuracy else _stored(site, spec)
    cases = tuple(
        CodeCase(inputs, expected, shown=i == 0 and spec.accuracy is None)
        for i, (inputs, expected) in enumerate(zip(results.inputs, results.expected, strict=True))
    )
    return CodeKey(
        entry=spec.entry,
        parameters=tuple(spec.parameters),
        outputs=tuple(spec.returns),
        cases=cases,
        allow=spec.allow,
        accuracy=_accuracy(site, spec),
        tolerance=spec.tolerance,
        mistakes=_mistakes(site, spec, results),
        limits=limits,
    )


def _mistakes(site: Site, spec: Code, results: Results) -> tuple[Mistake[tuple[Outputs, ...]], ...]:
    """The wrong references whose outputs differ from the right ones and from each other's."""
    kept: list[Mistake[tuple[Outputs, ...]]] = []
    for i, outputs in enumerate(results.wrong):
        known = [results.expected, *(mistake.key for mistake in kept)]
        if not any(_agree(outputs, other, spec.tolerance) for other in known):
            kept.append(Mistake(site.part.mistakes[i].name, outputs, says(site, i)))
    return tuple(kept)


def _agree(got: Sequence[Outputs], expected: Sequence[Outputs], tolerance: float) -> bool:
    noises = [noise_of(arrays) for arrays in zip(*expected, strict=True)]
    return all(
        close(mine, right, tolerance=tolerance, noise=noise)
        for a, b in zip(got, expected, strict=True)
        for mine, right, noise in zip(a, b, noises, strict=True)
    )


def _accuracy(site: Site, spec: Code) -> Accuracy | None:
    if spec.accuracy is None:
        return None
    from solutions.training import train

    path = (*site.answer_path, "accuracy")
    labels = call(spec.accuracy.labels, site.context.drawn, _seed(site), site.context.document, (*path, "labels"))
    reference = train(spec.accuracy.reference).accuracy
    floor = round(reference - spec.accuracy.margin, 6)
    return Accuracy(np.asarray(labels, dtype=np.int64), floor, reference)


def _seed(site: Site) -> dict[str, Any]:
    return {"seed": site.seed}


def _inputs_alone(site: Site, spec: Code) -> Results:
    inputs = _inputs(site, spec)
    return Results(inputs, tuple(() for _ in inputs), ())


def _stored(site: Site, spec: Code) -> Results:
    """Inputs and outputs from the store, or made now and kept there."""
    assert spec.reference is not None
    names = [spec.reference, *([spec.inputs] if spec.inputs else []), *(m.reference or "" for m in site.part.mistakes)]
    name = case_store.digest(FORMAT, site.family, site.version, site.part.id, site.seed, case_store.source_of(names))
    arrays = case_store.load(name)
    if arrays is not None and (results := _unpacked(arrays, spec, len(site.part.mistakes))) is not None:
        return results
    results = _run(site, spec)
    case_store.save(name, _packed(results))
    return results


def _run(site: Site, spec: Code) -> Results:
    assert spec.reference is not None
    inputs = _inputs(site, spec)
    path = (*site.answer_path, "reference")
    expected = tuple(_checked(site, spec, i, _outputs(site, spec, spec.reference, i, path)) for i in inputs)
    wrong = []
    for j, mistake in enumerate(site.part.mistakes):
        where = (*site.path, "mistakes", j, "reference")
        if mistake.reference is None:
            raise site.fault((*site.path, "mistakes", j), "a mistake in code wants `reference`, a wrong function")
        wrong.append(tuple(_outputs(site, spec, mistake.reference, i, where) for i in inputs))
    return Results(inputs, expected, tuple(wrong))


def _inputs(site: Site, spec: Code) -> tuple[Inputs, ...]:
    parameters = declared(spec.parameters)
    if spec.inputs is not None:
        return _given(site, spec, spec.inputs, parameters)
    seed = f"{site.family}:{site.seed}:{site.part.id}"
    inputs = drawn_inputs(parameters, count=spec.cases, seed=seed)
    for i, edge in enumerate(spec.edge):
        try:
            inputs.append(edge_inputs(parameters, edge, seed=seed))
        except ValueError as error:
            raise site.fault((*site.answer_path, "edge", i), str(error)) from None
    return tuple(inputs)


def _given(site: Site, spec: Code, name: str, parameters: Mapping[str, Symbol]) -> tuple[Inputs, ...]:
    """The calls that a function of `solutions` gives for the seed."""
    path = (*site.answer_path, "inputs")
    calls = call(name, site.context.drawn, _seed(site), site.context.document, path)
    for one in calls:
        if set(one) != set(parameters):
            raise site.fault(path, f"{name} gives {', '.join(one)}; the parameters are {', '.join(parameters)}")
        try:
            sizes_of(parameters, one)
        except ValueError as error:
            raise site.fault(path, f"{name}: {error}") from None
    return tuple({parameter: one[parameter] for parameter in spec.parameters} for one in calls)


def _outputs(site: Site, spec: Code, name: str, inputs: Inputs, path: Path) -> Outputs:
    """What a function returns for one call, as arrays; it gets copies, so that no call changes the next."""
    copies = {key: value.copy() if isinstance(value, np.ndarray) else value for key, value in inputs.items()}
    function = found(name, site.context.document, path)
    try:
        result = function(**copies)
    except Exception as error:
        raise site.fault(path, f"{name} failed on a case: {type(error).__name__}: {error}") from error
    arrays = tuple(np.asarray(array) for array in (result if isinstance(result, tuple) else (result,)))
    if len(arrays) != len(spec.returns):
        raise site.fault(path, f"{name} returns {len(arrays)} arrays; `returns` names {', '.join(spec.returns)}")
    return arrays


def _checked(site: Site, spec: Code, inputs: Inputs, outputs: Outputs) -> Outputs:
    """The outputs, where they are finite and have the promised shapes."""
    parameters = declared(spec.parameters)
    sizes = sizes_of(parameters, inputs)
    path: Path = (*site.answer_path, "returns")
    for array, (name, shape) in zip(outputs, spec.returns.items(), strict=True):
        if not np.isfinite(array).all():
            raise site.fault((*path, name), f"{spec.reference} gives {name} with NaN or infinity on a case")
        promised = tuple(d if isinstance(d, int) else sizes.get(d, -1) for d in shape)
        fits = len(promised) == array.ndim and all(p in (-1, s) for p, s in zip(promised, array.shape, strict=True))
        if not fits:
            message = f"{spec.reference} gives {name} of shape {array.shape}, promised is {list(shape)}"
            raise site.fault((*path, name), message)
    return outputs


def _packed(results: Results) -> dict[str, NDArray[Any]]:
    arrays: dict[str, NDArray[Any]] = {"calls": np.array(len(results.inputs))}
    for i, inputs in enumerate(results.inputs):
        arrays |= {f"{i}.in.{name}": np.asarray(value) for name, value in inputs.items()}
        # a number is kept apart from an array without axes: it comes back as a number
        arrays |= {f"{i}.number.{n}": np.array(True) for n, v in inputs.items() if not isinstance(v, np.ndarray)}
        for road, outputs in enumerate((results.expected, *results.wrong)):
            arrays |= {f"{i}.out.{road}.{j}": array for j, array in enumerate(outputs[i])}
    return arrays


def _unpacked(arrays: Mapping[str, NDArray[Any]], spec: Code, mistakes: int) -> Results | None:
    """The results as saved; None where anything is missing."""
    try:
        calls = range(int(arrays["calls"]))
        inputs = tuple({name: _input(arrays, i, name) for name in spec.parameters} for i in calls)
        roads = tuple(
            tuple(tuple(arrays[f"{i}.out.{road}.{j}"] for j in range(len(spec.returns))) for i in calls)
            for road in range(1 + mistakes)
        )
    except (KeyError, TypeError, ValueError):
        return None
    return Results(inputs, roads[0], roads[1:])


def _input(arrays: Mapping[str, NDArray[Any]], i: int, name: str) -> Any:
    array = arrays[f"{i}.in.{name}"]
    return array.item() if f"{i}.number.{name}" in arrays else array
