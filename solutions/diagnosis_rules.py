"""Which answer fits drawn numbers: orders of multiplication by counting, faulty training loops by running them."""

from __future__ import annotations

import numpy as np

from solutions.arrays import constant, gradient, leaf

FAULTS = ("right", "collects", "uphill", "late", "doubled", "decays")


def cheapest_order(n0: int, n1: int, n2: int, n3: int) -> str:
    """'output', 'input' or 'middle': where three Jacobians of sizes n3 x n2, n2 x n1, n1 x n0 are best begun."""
    costs = order_costs(n0, n1, n2, n3)
    return min(costs, key=lambda name: costs[name])


def cheapest_by_tree(n0: int, n1: int, n2: int, n3: int) -> str:
    """The same by trying every order of the two products on empty matrices."""
    chain = [(n3, n2), (n2, n1), (n1, n0)]
    best: tuple[int, str] | None = None
    for first in (0, 1):
        left, right = chain[first], chain[first + 1]
        product = (left[0], right[1])
        rest = [product, chain[2]] if first == 0 else [chain[0], product]
        cost = left[0] * left[1] * right[1] + rest[0][0] * rest[0][1] * rest[1][1]
        name = "output" if first == 0 else "input"
        best = min(best, (cost, name)) if best else (cost, name)
    assert best is not None
    return best[1]


def least_cost(n0: int, n1: int, n2: int, n3: int) -> int:
    """The multiplications of the cheaper order."""
    return min(order_costs(n0, n1, n2, n3).values())


def order_costs(n0: int, n1: int, n2: int, n3: int) -> dict[str, int]:
    """Multiplications of both orders, counted by the shapes of NumPy's products."""
    from_output = _product(_product((n3, n2, 0), (n2, n1, 0)), (n1, n0, 0))
    from_input = _product((n3, n2, 0), _product((n2, n1, 0), (n1, n0, 0)))
    return {"output": from_output[2], "input": from_input[2]}


def _product(a: tuple[int, int, int], b: tuple[int, int, int]) -> tuple[int, int, int]:
    """Rows, columns and multiplications so far."""
    return a[0], b[1], a[2] + b[2] + a[0] * a[1] * b[1]


def run_of(fault: str, w0: float, a: float, c: float, rate: float) -> list[float]:
    """Three weights after steps on a*(w - c)^2/2 by a loop with that fault."""
    w, total, old, path = w0, 0.0, a * (w0 - c), []
    for step in range(1, 4):
        slope = a * (w - c)
        total += slope
        change = {
            "right": -rate * slope, "collects": -rate * total, "uphill": rate * slope,
            "late": -rate * old, "doubled": -2 * rate * slope, "decays": -rate / 2 ** (step - 1) * slope,
        }[fault]  # fmt: skip
        old = slope
        w += change
        path.append(w)
    return path


def fault_of_weights(w1: float, w2: float, w3: float, w0: float, a: float, c: float, rate: float) -> str:
    """The one fault whose run gives these weights."""
    found = [name for name in FAULTS if np.allclose(run_of(name, w0, a, c, rate), [w1, w2, w3], rtol=0, atol=1e-9)]
    if len(found) != 1:
        raise ValueError(f"expected one fault, found {found}")
    return found[0]


def declared_fault(fault: str) -> str:
    """The fault that the author put in."""
    return fault


def fourth_weight(w3: float, a: float, c: float, rate: float) -> float:
    """The weight after one step of torch's SGD from w3."""
    import torch

    weight = leaf(w3)
    weight.grad = constant(gradient(a * (weight - c) ** 2 / 2, weight))
    torch.optim.SGD([weight], lr=float(rate)).step()
    return float(weight.detach())


def vector_cost(n0: int, n1: int, n2: int, n3: int) -> int:
    """Multiplications of a row vector through the chain: the chain's own count with a first factor of one row."""
    carried = (1, n3, 0)
    for rows, columns in ((n3, n2), (n2, n1), (n1, n0)):
        carried = _product(carried, (rows, columns, 0))
    return carried[2]
