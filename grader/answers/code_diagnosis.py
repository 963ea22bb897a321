"""Why not: which slip turns the expected arrays into the returned ones.

Each test must hold in every case at once; a slip that explains only some of them explains nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from grader.answers.code_values import REAL_KINDS, Array, close, noise_of, scale, worst
from grader.keys import CodeCase
from grader.verdict import Feedback

PRECISION = 2e-2
MANY = 10.0
"""From this relative error on, "times" reads better than per cent."""
MAX_DENOMINATOR = 12
MIN_ENTRIES = 3
"""A common factor explains nothing where fewer entries than these share it."""


@dataclass(frozen=True)
class Output:
    """One returned array in all cases: what came, what was expected, and the cases themselves, in the same order."""

    name: str
    got: tuple[Array, ...]
    expected: tuple[Array, ...]
    cases: tuple[CodeCase, ...]
    tolerance: float
    conditions: tuple[float, ...]

    def agrees(self, got: Sequence[Array]) -> bool:
        """True where `got` is what was expected, in every case."""
        return all(self.right(got))

    def agrees_with(self, mended: Callable[[int], Array | None]) -> bool:
        """True where `mended` gives an array for every case, and they are what was expected."""
        arrays = [mended(i) for i in range(len(self.got))]
        return all(array is not None for array in arrays) and self.agrees([a for a in arrays if a is not None])

    def right(self, got: Sequence[Array]) -> list[bool]:
        """For each case, whether `got` is what was expected."""
        noise = noise_of(self.expected)
        triples = zip(got, self.expected, self.conditions, strict=True)
        return [close(a, b, tolerance=self.tolerance, noise=noise, condition=c) for a, b, c in triples]


def diagnose(output: Output) -> Feedback:
    """What is wrong with an output that is not right in every case."""
    from grader.answers.code_transforms import incomplete, moved  # they look at outputs as defined here

    kinds = {array.dtype.kind for array in output.got}
    if not kinds <= set(REAL_KINDS):
        return Feedback("code.complex", {"output": output.name})
    for test in (_sign, _factor, _transposed, moved, _shape, _whole, _zeros, _constant, incomplete, _precision):
        found = test(output)
        if found is not None:
            return found
    return _worst_entry(output)


def _sign(output: Output) -> Feedback | None:
    if output.agrees([-array.astype(np.float64) for array in output.got]):
        return Feedback("code.sign", {"output": output.name})
    return None


def _factor(output: Output) -> Feedback | None:
    if any(a.shape != b.shape for a, b in zip(output.got, output.expected, strict=True)):
        return None
    for text, factors in _candidates(output):
        if any(f != 1 for f in factors) and _agrees_up_to(output, factors):
            return Feedback("code.factor", {"output": output.name, "factor": text})
    return None


def _agrees_up_to(output: Output, factors: Sequence[float]) -> bool:
    return output.agrees([array.astype(np.float64) / f for array, f in zip(output.got, factors, strict=True)])


def _candidates(output: Output) -> Iterator[tuple[str, list[float]]]:
    """A name for each factor that often goes wrong, and its value in each case."""
    cases = output.cases
    yield "2", [2.0] * len(cases)
    yield "1/2", [0.5] * len(cases)
    for name, sizes in _sizes(cases):
        if min(sizes) > 0:
            yield f"n, {name}", [float(n) for n in sizes]
            yield f"1/n, where n is {name}", [1 / n for n in sizes]
        if min(sizes) > 1:
            yield f"n/(n - 1), where n is {name}", [n / (n - 1) for n in sizes]
            yield f"(n - 1)/n, where n is {name}", [(n - 1) / n for n in sizes]
    common = _common_factor(output)
    if common is not None:
        yield factor_text(common), [common] * len(cases)


def _sizes(cases: Sequence[CodeCase]) -> Iterator[tuple[str, list[int]]]:
    """Each size of an input that a mean or a sum may have run over, in each case."""
    for name in cases[0].inputs:
        arrays = [case.inputs[name] for case in cases]
        if not all(isinstance(a, np.ndarray) and a.ndim == arrays[0].ndim > 0 for a in arrays):
            continue
        for axis in range(arrays[0].ndim):
            yield _axis_text(name, axis, arrays[0].ndim), [a.shape[axis] for a in arrays]
        if arrays[0].ndim > 1:
            yield f"the number of entries of `{name}`", [a.size for a in arrays]


def _axis_text(name: str, axis: int, rank: int) -> str:
    if rank == 1:
        return f"the length of `{name}`"
    if rank == 2:
        return f"the number of {('rows', 'columns')[axis]} of `{name}`"
    return f"the size of axis {axis} of `{name}`"


def _common_factor(output: Output) -> float | None:
    """got / expected at the largest expected entry; None where too few entries could bear it out."""
    if sum(np.count_nonzero(array) for array in output.expected) < MIN_ENTRIES:
        return None
    i = int(np.argmax([scale(array) for array in output.expected]))
    got, expected = output.got[i], output.expected[i]
    magnitudes = np.where(np.isfinite(expected.astype(np.float64)), np.abs(expected.astype(np.float64)), 0)
    at = np.unravel_index(int(np.argmax(magnitudes)), expected.shape)
    factor = float(got[at]) / float(expected[at])
    return factor if np.isfinite(factor) and factor else None


def factor_text(factor: float) -> str:
    """A factor as a small fraction where it is one."""
    near = Fraction(factor).limit_denominator(MAX_DENOMINATOR)
    return str(near) if near and abs(float(near) / factor - 1) < 1e-6 else f"{factor:.4g}"


def _transposed(output: Output) -> Feedback | None:
    if any(array.ndim < 2 for array in output.got):
        return None
    if output.agrees([np.swapaxes(array, -1, -2) for array in output.got]):
        return Feedback("code.transposed", {"output": output.name})
    return None


def _shape(output: Output) -> Feedback | None:
    for got, expected in _shown_first(output):
        if got.shape != expected.shape:
            return shape_feedback(output.name, got.shape, expected.shape)
    return None


def shape_feedback(name: str, got: tuple[int, ...], expected: tuple[int, ...]) -> Feedback:
    """Both shapes, and the slip that they look like."""
    data = {"output": name, "got": str(got), "expected": str(expected)}
    if len(got) > 1 and got == expected[::-1]:
        return Feedback("code.shape-transposed", data)
    if [n for n in got if n != 1] == [n for n in expected if n != 1] and len(got) != len(expected):
        return Feedback("code.shape-ones", data)
    return Feedback("code.shape", data)


def _zeros(output: Output) -> Feedback | None:
    if not any(array.any() for array in output.got):
        return Feedback("code.zeros", {"output": output.name})
    return None


def _constant(output: Output) -> Feedback | None:
    if _distinct(output.got) == 1 < _distinct(output.expected):
        return Feedback("code.constant", {"output": output.name})
    return None


def _distinct(arrays: Sequence[Array]) -> int:
    """How many different values there are in all the arrays together."""
    return len({float(v) for array in arrays for v in np.unique(array)})


def _whole(output: Output) -> Feedback | None:
    """Whole numbers where fractions were expected: their fractions were cut off or rounded."""
    if not all(array.dtype.kind in "biu" for array in output.got):
        return None
    for cut in (np.trunc, np.floor, np.rint):
        pairs = zip(output.got, output.expected, strict=True)
        if all(np.array_equal(a, cut(b.astype(np.float64))) for a, b in pairs):
            return Feedback("code.whole", {"output": output.name})
    return None


def _precision(output: Output) -> Feedback | None:
    short = [array.dtype.name for array in output.got if array.dtype.kind == "f" and array.dtype.itemsize < 8]
    pairs = zip(output.got, output.expected, strict=True)
    if short and all(close(a, b, tolerance=PRECISION) for a, b in pairs):
        return Feedback("code.precision", {"output": output.name, "dtype": short[0]})
    return None


def _worst_entry(output: Output) -> Feedback:
    """The size of the error and its place; the values only where the case is shown."""
    fine = output.right(output.got)
    wrong = [i for i in range(len(fine)) if not fine[i]]
    i = min(wrong, key=lambda i: (not output.cases[i].shown, i))
    found = worst(output.got[i], output.expected[i])
    data = {
        "output": output.name,
        "right": sum(fine),
        "cases": len(fine),
        "error": _error_text(found.error),
        "place": str(list(found.place)),
    }
    if not np.all(np.isfinite(output.got[i].astype(np.float64))) and np.isinf(found.error):
        return Feedback("code.not-finite", data)
    if not output.cases[i].shown:
        return Feedback("code.values-hidden", data)
    return Feedback("code.values", data | {"got": f"{found.got:.6g}", "expected": f"{found.expected:.6g}"})


def _error_text(error: float) -> str:
    if not np.isfinite(error):  # infinite, or nothing to compare its size with
        return "beyond"
    return f"{100 * error:.3g} % of" if error < MANY else f"{error:.3g} times"


def _shown_first(output: Output) -> list[tuple[Array, Array]]:
    order = sorted(range(len(output.cases)), key=lambda i: not output.cases[i].shown)
    return [(output.got[i], output.expected[i]) for i in order]
