"""Small graphs written as edges, `x → a (slope p), a → b (q)`: orders of visiting, derivatives along all paths.

Each node adds up what comes in: the value of the edge's start times the edge's slope.
"""

from __future__ import annotations

import re

from solutions.arrays import constant, gradient, leaf

Edge = tuple[str, str, str]
OPTIONS = ("good", "early", "split", "forward")


def backward_order(edges: str, good: str, early: str, split: str, turned: str) -> str:
    """The one of four orders in which every node comes after all the nodes that use it."""
    return _only_option(edges, good, early, split, turned, _is_backward)


def backward_order_by_counting(edges: str, good: str, early: str, split: str, turned: str) -> str:
    """The same by running back-propagation in each order: where all gradients are complete when passed on."""
    return _only_option(edges, good, early, split, turned, _runs_right)


def total_derivative(edges: str, p: float, q: float, r: float, s: float, t: float) -> float:
    """dy/dx by autograd through the graph."""
    slopes = {"p": p, "q": q, "r": r, "s": s, "t": t}
    found = _edges(edges)
    x = leaf(1.0)
    values = {"x": x}
    while "y" not in values:
        for node in {end for _, end, _ in found} - set(values):
            into = [(start, slope) for start, end, slope in found if end == node]
            if all(start in values for start, _ in into):
                values[node] = sum((constant(slopes[slope]) * values[start] for start, slope in into), constant(0.0))
    return float(gradient(values["y"], x))


def total_number(edges: str, p0: float, q0: float, r0: float, s0: float, t0: float) -> float:
    """The same for drawn slopes."""
    return total_derivative(edges, p0, q0, r0, s0, t0)


def _edges(text: str) -> list[Edge]:
    """Start, end and slope of each edge."""
    return [(m[1], m[2], m[3]) for m in re.finditer(r"(\w) → (\w) \((?:slope )?(\w)\)", text)]


def _only_option(edges: str, good: str, early: str, split: str, turned: str, test: object) -> str:
    orders = dict(zip(OPTIONS, (good, early, split, turned), strict=True))
    found = [name for name, order in orders.items() if test(_edges(edges), order.split(", "))]  # type: ignore[operator]
    if len(found) != 1:
        raise ValueError(f"expected one order, found {found}")
    return found[0]


def _is_backward(edges: list[Edge], order: list[str]) -> bool:
    place = {node: i for i, node in enumerate(order)}
    return all(place[end] < place[start] for start, end, _ in edges)


def _runs_right(edges: list[Edge], order: list[str]) -> bool:
    """True where, with all slopes 1, each node holds the number of its paths to y when it is visited."""
    arrived = {node: 0 for node in order}
    arrived["y"] = 1
    for node in order:
        if arrived[node] != _paths(edges, node):
            return False
        for start, end, _ in edges:
            if end == node:
                arrived[start] += arrived[node]
    return True


def _paths(edges: list[Edge], node: str) -> int:
    """Paths from the node to y."""
    return 1 if node == "y" else sum(_paths(edges, end) for start, end, _ in edges if start == node)
