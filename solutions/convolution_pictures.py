"""Pictures of windows: a kernel that slides, a receptive field that grows, a transposed convolution, max-pooling."""

from __future__ import annotations

from collections.abc import Sequence

from solutions.drawings import Cell, CellPlace, Grid, Grids, Strip, Strips

IMAGE = ((1, 3, 2, 0), (4, 2, 5, 1), (0, 6, 1, 2), (2, 1, 3, 7))  # no two largest entries in a window
ROOM = 60  # input cells beyond which one output is shown instead of three


def sliding(n: int = 10, k: int = 3, p: int = 1, s: int = 2, r: int = 2) -> Strips:
    """The padded input, where the first, the second and the last kernel lie in it, and the output.

    n: pixels; k: taps; p: zeros on each side; s: stride; r: dilation. Each output stands below its window's middle.
    Raises ValueError where the kernel is wider than the padded input.
    """
    n, k, p, s, r = (int(value) for value in (n, k, p, s, r))
    padded, covered = n + 2 * p, r * (k - 1) + 1
    starts = range(0, padded - covered + 1, s)
    if not starts:
        raise ValueError(f"a kernel over {covered} cells does not fit into {padded}")
    windows = [
        Strip(f"{name} placement: {_reach(start, covered)}", _window(start, k, r, padded))
        for name, start in _shown(starts).items()
    ]
    left = padded - covered - starts[-1]
    output = Strip(f"output: {_cells(len(starts))}{_unused(left)}", _run("plain", len(starts)), (covered - 1) / 2, s)
    title = f"A kernel with k = {k}, dilation {r}, stride {s}, padding {p}"
    return Strips(title, (_padded_input(n, p), *windows, output))


def _shown(starts: range) -> dict[str, int]:
    """The placements that are shown, by name."""
    if len(starts) == 1:
        return {"only": 0}
    return {"first": 0, **({"second": starts[1]} if len(starts) > 2 else {}), "last": starts[-1]}


def _cells(count: int) -> str:
    return f"{count} cell{'s' if count > 1 else ''}"


def _padded_input(n: int, p: int) -> Strip:
    name = f"padded input: {n} + 2·{p} = {_cells(n + 2 * p)}" if p else f"input: {_cells(n)}"
    return Strip(name, (*_run("padding", p), *_run("plain", n), *_run("padding", p)))


def _run(kind: Cell, count: int) -> tuple[Cell, ...]:
    return (kind,) * count


def _reach(start: int, covered: int) -> str:
    return f"cells {start} to {start + covered - 1}" if covered > 1 else f"cell {start}"


def _unused(count: int) -> str:
    return f" ({_cells(count)} left over on the right)" if count else ""


def _window(start: int, k: int, r: int, width: int) -> tuple[Cell, ...]:
    """The taps of a dilated kernel marked, with the cells between them; the rest empty."""
    taps = {start + r * i for i in range(k)}
    span = range(start, max(taps) + 1)
    return tuple("marked" if i in taps else "between" if i in span else "none" for i in range(width))


def receptive_field(kernels: Sequence[int] = (3, 3, 3), strides: Sequence[int] = (1, 2, 1)) -> Strips:
    """The cells of the input and of each layer that one output of the last layer sees, marked."""
    for outputs in (3, 1):
        widths = _widths(kernels, strides, outputs)
        if widths[0] <= ROOM:
            break
    seen = [range(outputs // 2, outputs // 2 + 1)]  # from the last layer to the input
    for k, s in reversed(list(zip(kernels, strides, strict=True))):
        seen.insert(0, range(seen[0].start * s, seen[0][-1] * s + k))
    strips, start, step = [], 0.0, 1
    for i, (width, marked) in enumerate(zip(widths, seen, strict=True)):
        if i:
            start += (kernels[i - 1] - 1) / 2 * step
            step *= strides[i - 1]
        cells: tuple[Cell, ...] = tuple("marked" if j in marked else "plain" for j in range(width))
        strips.append(Strip(_layer(i, kernels, strides, len(marked)), cells, start, step))
    return Strips(f"One output sees {len(seen[0])} input cells", tuple(strips), _edges(seen))


def three_layers(k1: int, s1: int, k2: int, s2: int, k3: int) -> Strips:
    """`receptive_field` of three layers, the last with stride 1."""
    return receptive_field((int(k1), int(k2), int(k3)), (int(s1), int(s2), 1))


def _widths(kernels: Sequence[int], strides: Sequence[int], outputs: int) -> list[int]:
    """How many cells the input and each layer need for so many outputs."""
    widths = [outputs]
    for k, s in reversed(list(zip(kernels, strides, strict=True))):
        widths.insert(0, (widths[0] - 1) * s + k)
    return widths


def _layer(i: int, kernels: Sequence[int], strides: Sequence[int], seen: int) -> str:
    name = f"after layer {i}, k = {kernels[i - 1]}, s = {strides[i - 1]}" if i else "input"
    return f"{name}: {_cells(seen)} seen" if i < len(kernels) else f"{name}: one output"


def _edges(seen: Sequence[range]) -> tuple[tuple[CellPlace, CellPlace], ...]:
    """Lines along both edges of what is seen, from layer to layer."""
    both = [(places[0], places[-1]) for places in seen]
    return tuple(((i, both[i][side]), (i + 1, both[i + 1][side])) for i in range(len(both) - 1) for side in (0, 1))


def transposed(n: int = 4, k: int = 3, s: int = 2, p: int = 1) -> Strips:
    """A transposed convolution: each input puts a copy of the kernel into the result, s apart; p are cut off."""
    n, k, s, p = (int(value) for value in (n, k, s, p))
    full = (n - 1) * s + k
    copies = tuple(
        Strip(f"copy of input {i}: places {s * i} to {s * i + k - 1}", _window(s * i, k, 1, full)) for i in range(n)
    )
    kept: tuple[Cell, ...] = tuple("plain" if p <= i < full - p else "padding" for i in range(full))
    cut = f"; {p} cut off at each end: {full - 2 * p}" if p else ""
    name = f"output: ({n} − 1)·{s} + {k} = {full} places{cut}"
    source = Strip(f"input: {n} cells", _run("plain", n), (k - 1) / 2, s)
    return Strips(
        f"A transposed convolution with k = {k}, stride {s}, padding {p}", (source, *copies, Strip(name, kept))
    )


def pooling(upstream: tuple[tuple[float, float], tuple[float, float]] = ((0.5, -1), (2, 0.1))) -> Grids:
    """Max-pooling of 2 × 2 windows with stride 2: the largest entries, and where the gradients at them go back to."""
    at = [[_largest(2 * i, 2 * j) for j in range(2)] for i in range(2)]
    taken = frozenset(place for row in at for place in row)
    pooled = tuple(tuple(float(IMAGE[i][j]) for i, j in row) for row in at)
    back = {at[i][j]: float(upstream[i][j]) for i in range(2) for j in range(2)}
    gradient = tuple(tuple(back.get((i, j), 0.0) for j in range(4)) for i in range(4))
    given = tuple(tuple(map(float, row)) for row in upstream)
    grids = (
        Grid("image", IMAGE, taken), Grid("output", pooled), Grid("gradient of the image", gradient, taken),
        Grid("gradient of the output", given),
    )  # fmt: skip
    return Grids("Max-pooling and its way back", grids)


def _largest(top: int, left: int) -> tuple[int, int]:
    places = [(top + i, left + j) for i in range(2) for j in range(2)]
    return max(places, key=lambda place: IMAGE[place[0]][place[1]])
