"""Calls of a code question with what the references return for them, and how they are kept on disk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from questions.case_inputs import Inputs

Outputs = tuple[NDArray[Any], ...]


@dataclass(frozen=True)
class Group:
    """Calls for one purpose. conditions: for each call and output, how much a relative error of the inputs grows."""

    inputs: tuple[Inputs, ...] = ()
    expected: tuple[Outputs, ...] = ()
    conditions: tuple[tuple[float, ...], ...] = ()


@dataclass(frozen=True)
class Results:
    """All calls of a question, by purpose. wrong: for each mistake the outputs of every call of the group `cases`."""

    groups: Mapping[str, Group]
    wrong: tuple[tuple[Outputs, ...], ...] = ()


def packed(results: Results) -> dict[str, NDArray[Any]]:
    """Arrays by name; `unpacked` reads them back."""
    arrays: dict[str, NDArray[Any]] = {
        "groups": np.array(sorted(results.groups)),
        "wrong": np.array(len(results.wrong)),
    }
    for name, group in results.groups.items():
        arrays[f"{name}.calls"] = np.array(len(group.inputs))
        for i, inputs in enumerate(group.inputs):
            arrays |= _packed_inputs(f"{name}.{i}", inputs)
            arrays |= _packed_outputs(f"{name}.{i}.out", group.expected[i])
            arrays[f"{name}.{i}.conditions"] = np.array(group.conditions[i], dtype=np.float64)
    for j, calls in enumerate(results.wrong):
        for i, outputs in enumerate(calls):
            arrays |= _packed_outputs(f"wrong.{j}.{i}", outputs)
    return arrays


def unpacked(arrays: Mapping[str, NDArray[Any]]) -> Results | None:
    """The results as saved; None where anything is missing."""
    try:
        groups = {str(name): _group(arrays, str(name)) for name in arrays["groups"]}
        calls = range(len(groups["cases"].inputs))
        wrong = tuple(tuple(_outputs(arrays, f"wrong.{j}.{i}") for i in calls) for j in range(int(arrays["wrong"])))
    except (KeyError, TypeError, ValueError):
        return None
    return Results(groups, wrong)


def _group(arrays: Mapping[str, NDArray[Any]], name: str) -> Group:
    places = [f"{name}.{i}" for i in range(int(arrays[f"{name}.calls"]))]
    return Group(
        tuple(_inputs(arrays, place) for place in places),
        tuple(_outputs(arrays, f"{place}.out") for place in places),
        tuple(tuple(float(c) for c in arrays[f"{place}.conditions"]) for place in places),
    )


def _packed_inputs(place: str, inputs: Inputs) -> dict[str, NDArray[Any]]:
    arrays = {f"{place}.in.{name}": np.asarray(value) for name, value in inputs.items()}
    # a number is kept apart from an array without axes: it comes back as a number
    arrays |= {f"{place}.number.{n}": np.array(True) for n, v in inputs.items() if not isinstance(v, np.ndarray)}
    return {**arrays, f"{place}.names": np.array(list(inputs))}


def _packed_outputs(place: str, outputs: Outputs) -> dict[str, NDArray[Any]]:
    arrays = {f"{place}.{j}": array for j, array in enumerate(outputs)}
    return {**arrays, f"{place}.count": np.array(len(outputs))}


def _inputs(arrays: Mapping[str, NDArray[Any]], place: str) -> Inputs:
    return {name: _input(arrays, place, name) for name in map(str, arrays[f"{place}.names"])}


def _input(arrays: Mapping[str, NDArray[Any]], place: str, name: str) -> Any:
    array = arrays[f"{place}.in.{name}"]
    return array.item() if f"{place}.number.{name}" in arrays else array


def _outputs(arrays: Mapping[str, NDArray[Any]], place: str) -> Outputs:
    return tuple(arrays[f"{place}.{j}"] for j in range(int(arrays[f"{place}.count"])))
