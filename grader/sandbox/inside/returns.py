"""What a submission returned, as a record: arrays of exact types only, as header and raw bytes."""

from __future__ import annotations

import sys
from typing import Any

import numpy as np

from grader.sandbox.inside.problems import NAME_LIMIT
from grader.sandbox.inside.records import Record
from grader.sandbox.inside.values import AXES_LIMIT, DTYPES, Array, array_bytes


def returned(value: Any, *, outputs: int, room: int) -> Record:
    """The record of a call's value.

    outputs: how many arrays are expected. room: bytes that the other side takes; an array that does not fit is named
    without its entries, which is enough to say that its shape is wrong.
    """
    items = _items(value, outputs)
    if items is None:
        count = len(value) if type(value) in (tuple, list) else None
        return Record({"kind": "returned", "type": _name(value), "count": count})
    headers: list[dict[str, Any]] = []
    chunks: list[bytes] = []
    for item in items:
        array = _as_array(item)
        if array is None or array.dtype.name not in DTYPES or array.ndim > AXES_LIMIT:
            dtype = None if array is None else array.dtype.name
            headers.append({"type": _name(item), "dtype": dtype})
            continue
        sent = array.nbytes <= room
        headers.append({"dtype": array.dtype.name, "shape": list(array.shape), "sent": sent})
        if sent:
            chunks.append(array_bytes(array))
            room -= array.nbytes
    return Record({"kind": "returned", "items": headers}, b"".join(chunks))


def _items(value: Any, outputs: int) -> list[Any] | None:
    """The arrays returned, or None where their number is wrong."""
    if type(value) in (tuple, list) and len(value) == outputs and (outputs > 1 or type(value) is tuple):
        return list(value)
    return [value] if outputs == 1 else None


def _as_array(item: Any) -> Array | None:
    """An exact NumPy array, a tensor's values, a number as an array without axes; None for anything else.

    A subclass may lie about its entries and its shape, so it is not taken.
    """
    if type(item) is np.ndarray:
        return item
    if type(item) in (int, float, bool, complex) or isinstance(item, np.generic):
        return np.asarray(item)
    torch = sys.modules.get("torch")
    if torch is not None and type(item) in (torch.Tensor, torch.nn.Parameter):
        plain = item.detach().cpu().resolve_conj().resolve_neg()
        if plain.dtype == torch.bfloat16:
            plain = plain.float()
        return np.asarray(plain.numpy())
    return None


def _name(value: Any) -> str:
    return type(value).__name__[:NAME_LIMIT]
