"""Best discriminators between two Gaussians: their picture, their shape and their values.

m, s1  mean and deviation of the data      m2, s2  of the samples, m2 = m - shift*gap, s1 = narrow*s, s2 = wide*s
"""

from __future__ import annotations

import numpy as np

from solutions.arrays import Array
from solutions.drawings import Plot, Series


def both(m: float, gap: float, s: float, wide: float, narrow: float, shift: float) -> Plot:
    """The two densities."""
    centre, other = float(m), float(m) - float(shift) * float(gap)
    places = np.linspace(min(centre, other) - 3, max(centre, other) + 3, 41)
    data, samples = _densities(places, m, gap, s, wide, narrow, shift)
    series = [
        Series(name, tuple((round(float(x), 2), round(float(v), 3)) for x, v in zip(places, values, strict=True)))
        for name, values in (("data", data), ("samples", samples))
    ]
    return Plot("Densities of data and samples", "x", "density", tuple(series))


def shape_of(m: float, gap: float, s: float, wide: float, narrow: float, shift: float) -> str:
    """The shape of D, from its values on a grid: which way it goes at each end."""
    places = np.linspace(-12, 12, 241) * float(s) + float(m)
    data, samples = _densities(places, m, gap, s, wide, narrow, shift)
    odds = np.log(data) - np.log(samples)
    first, last = odds[1] > odds[0], odds[-1] > odds[-2]
    return {(True, True): "rises", (False, False): "falls", (True, False): "hump", (False, True): "dip"}[first, last]


def shape_by_tails(wide: float, narrow: float, shift: float) -> str:
    """The shape from widths and means: the wider law wins on both sides, else each on its own side."""
    if wide != narrow:
        return "hump" if wide > narrow else "dip"
    return "rises" if shift > 0 else "falls"


def output(x0: float, m: float, gap: float, s: float, wide: float, narrow: float, shift: float) -> float:
    """The best D at x0 for classes of equal size, from the two densities."""
    return output_unequal(x0, m, gap, s, wide, narrow, shift, 1, 1)


def output_unequal(
    x0: float, m: float, gap: float, s: float, wide: float, narrow: float, shift: float, n0: float, k0: float
) -> float:
    """The best D at x0 for n0 examples of data for every k0 samples."""
    data, samples = _densities(np.array([float(x0)]), m, gap, s, wide, narrow, shift)
    weighted = float(n0) * float(data[0]), float(k0) * float(samples[0])
    return weighted[0] / sum(weighted)


def _densities(
    x: Array, m: float, gap: float, s: float, wide: float, narrow: float, shift: float
) -> tuple[Array, Array]:
    other = float(m) - float(shift) * float(gap)
    pair = ((float(m), float(narrow) * float(s)), (other, float(wide) * float(s)))
    data, samples = (np.exp(-(((x - c) / d) ** 2) / 2) / (d * np.sqrt(2 * np.pi)) for c, d in pair)
    return data, samples
