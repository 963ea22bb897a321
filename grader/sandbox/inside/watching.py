"""What a submission does beside returning: arrays that it changes, parts of PyTorch that it uses.

Reported from inside, where a submission could lie: the trusted side only ever lowers marks for it.
"""

from __future__ import annotations

import functools
import hashlib
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

# part -> module or class, and the names in it; "*" stands for every public function
PLACES: Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "autograd": (
        ("autograd", ("backward", "grad")),
        ("func", ("grad", "grad_and_value", "vjp", "jvp", "jacrev", "jacfwd", "hessian")),
    ),
    "nn": (("nn.functional", ("*",)), ("nn.Module", ("__init__",))),
    "optim": (("optim.Optimizer", ("__init__",)),),
}


def fingerprints(inputs: Mapping[str, Any]) -> dict[str, bytes]:
    """A digest of every array's entries."""
    arrays = {name: value for name, value in inputs.items() if isinstance(value, np.ndarray)}
    return {name: hashlib.blake2b(array.tobytes()).digest() for name, array in arrays.items()}


def changed(before: Mapping[str, bytes], inputs: Mapping[str, Any]) -> list[str]:
    """Names of the arrays whose entries are not what they were."""
    after = fingerprints(inputs)
    return [name for name, digest in before.items() if after[name] != digest]


def watched(parts: Sequence[str]) -> set[str]:
    """A set that grows by a part's name when something of it is called from now on; empty without torch."""
    used: set[str] = set()
    torch = sys.modules.get("torch")
    for part in parts if torch is not None else ():
        for place, names in PLACES.get(part, ()):
            owner = functools.reduce(getattr, place.split("."), torch)
            for name in _public(owner) if names == ("*",) else names:
                setattr(owner, name, _noting(getattr(owner, name), used, part))
    return used


def _public(owner: Any) -> list[str]:
    return [name for name, value in vars(owner).items() if callable(value) and not name.startswith("_")]


def _noting(function: Callable[..., Any], used: set[str], part: str) -> Callable[..., Any]:
    if isinstance(function, type):
        return function

    @functools.wraps(function)
    def noted(*arguments: Any, **named: Any) -> Any:
        used.add(part)
        return function(*arguments, **named)

    return noted
