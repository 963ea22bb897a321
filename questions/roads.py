"""A formula against an oracle, at every point of its cases: for keys, and for what sheets print."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.formula.cases import Case, sample_cases
from grader.formula.reading import Formula, Program, evaluate
from questions.document import Document, Path
from questions.draws import Drawn
from questions.faults import FaultError
from questions.references import call
from questions.schema import Autograd, OracleSpec

RELATIVE = 1e-6  # autograd through log(1 - sigmoid(z)) loses half of its digits; a wrong key is off by far more
LEAST_POINTS = 5
POINTS = 4  # of a case, at moderate scales: at the extreme ones of the judge float64 overflows

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Road:
    """An oracle with what it needs: the drawn values, the forward program, and its place in the file.

    relative: how far the formula may be off, of the largest value of a case. points: of a case.
    """

    oracle: OracleSpec
    drawn: Drawn
    program: Program | None
    document: Document
    path: Path
    relative: float = RELATIVE
    points: int = POINTS

    @property
    def name(self) -> str:
        """What to call it in a message."""
        return self.oracle.function or "autograd"


@dataclass(frozen=True)
class Disagreement:
    """Where a formula and its oracle differ. compared: False where there was too little to compare."""

    what: str
    expected: str = ""
    got: str = ""
    compared: bool = True


def disagreement(formula: Formula, road: Road) -> Disagreement | None:
    """Where they differ, or None. Raises `FaultError` where the oracle cannot be asked.

    Errors are measured by the largest value of the case: where a single point is tiny, float64 has cancelled.
    """
    compared = 0
    for case in sample_cases(formula.scope, seed=f"oracle:{formula.text()}", points=road.points):
        right, points = evaluate(formula, case), list(_values(road, case))
        if shapes := [got.shape for got in points if got.shape != right.shape[1:]]:
            return Disagreement(f"{road.name} has another shape", str(right.shape[1:]), str(shapes[0]))
        got = np.stack(points)
        defined = [p for p in range(case.points) if np.isfinite(got[p]).all() and np.isfinite(right[p]).all()]
        compared += len(defined)
        allowed = road.relative * max((float(np.abs(right[p]).max(initial=0.0)) for p in defined), default=0.0)
        for p in defined:
            if (np.abs(got[p] - right[p]) > allowed).any():
                what = f"{road.name} disagrees at {_point(case, p)}"
                return Disagreement(what, *_told(right[p], got[p]))
    if compared < LEAST_POINTS:
        message = f"formula and {road.name} are both defined at {compared} points only"
        return Disagreement(message, compared=False)
    return None


def _values(road: Road, case: Case) -> Iterator[Array]:
    """The oracle's value at each point of the case."""
    if road.oracle.autograd is not None:
        yield from _autograd(road, road.oracle.autograd, case)
        return
    assert road.oracle.function is not None
    lines = {line.name: evaluate(line.formula, case) for line in road.program.lines} if road.program else {}
    for i in range(case.points):
        known = {**case.dims, **_plain({n: v[i] for n, v in lines.items()}), **_plain(case.point(i))}
        value = call(road.oracle.function, road.drawn, known, road.document, road.path)
        yield np.asarray(value, dtype=np.float64)


def _plain(values: Mapping[str, Array]) -> dict[str, Any]:
    """Arrays, and numbers where the shape is ()."""
    return {name: value if np.ndim(value) else float(value) for name, value in values.items()}


def _autograd(road: Road, spec: Autograd, case: Case) -> Iterator[Array]:
    from solutions.autograd import gradient

    if road.program is None:
        raise FaultError([road.document.fault(road.path, "autograd wants a `forward` program")])
    try:
        yield from gradient(road.program, spec.of, spec.with_respect_to, case)
    except (KeyError, ValueError) as error:
        raise FaultError([road.document.fault(road.path, f"autograd: {error}")]) from None


def _told(right: Array, got: Array) -> tuple[str, str]:
    """Both to four digits, or to as many as it takes to tell them apart."""
    for digits in (4, 8):
        texts = _digits(right.tolist(), digits), _digits(got.tolist(), digits)
        if texts[0] != texts[1]:
            return texts
    return str(right.tolist()), str(got.tolist())


def _digits(value: Any, digits: int) -> str:
    if isinstance(value, list):
        return f"[{', '.join(_digits(entry, digits) for entry in value)}]"
    return f"{value:.{digits}g}"


def _point(case: Case, point: int) -> str:
    scalars = [f"{n} = {float(v[point]):.4g}" for n, v in case.values.items() if v.ndim == 1]
    sizes = [f"{name} = {size}" for name, size in case.dims.items()]
    return ", ".join([*sizes, *scalars]) or "its values"
