"""Values as JSON and raw bytes: numbers, text, arrays, and lists, tuples and dictionaries of them.

An array becomes {"array": {"dtype": name, "shape": [..]}} in the JSON and its bytes (C order, native) in the body, in
the order in which arrays are met. A tuple becomes {"tuple": [..]}, a dictionary {"dict": [[key, value], ..]}.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from numbers import Integral, Real
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.sandbox.inside.records import RecordError

Array = NDArray[Any]
WHOLE = ("bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64")
DTYPES = {name: np.dtype(name) for name in (*WHOLE, "float16", "float32", "float64", "complex64", "complex128")}
AXES_LIMIT = 32


def encoded(value: Any) -> tuple[Any, bytes]:
    """JSON values and a body for `value`. Raises TypeError for anything but the types above."""
    chunks: list[bytes] = []
    return _encode(value, chunks), b"".join(chunks)


def _encode(value: Any, chunks: list[bytes]) -> Any:
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, np.ndarray):
        chunks.append(array_bytes(value))
        return {"array": array_header(value)}
    if isinstance(value, np.bool_):
        return bool(value)
    if isinstance(value, Integral):
        return int(value)
    if isinstance(value, Real):  # float, NumPy's scalars, Fraction
        return float(value)
    if isinstance(value, list):
        return [_encode(item, chunks) for item in value]
    if isinstance(value, tuple):
        return {"tuple": [_encode(item, chunks) for item in value]}
    if isinstance(value, Mapping):
        return {"dict": [[str(key), _encode(item, chunks)] for key, item in value.items()]}
    raise TypeError(f"{type(value).__name__} cannot be handed to a submission")


def decoded(tree: Any, body: bytes) -> Any:
    """The value that `encoded` wrote, its arrays fresh and writable. For the child: `tree` must come from us."""
    value, end = _decode(tree, body, 0)
    if end != len(body):
        raise RecordError(f"{len(body) - end} bytes too many")
    return value


def _decode(tree: Any, body: bytes, start: int) -> tuple[Any, int]:
    if isinstance(tree, list):
        return _decode_all(tree, body, start)
    if not isinstance(tree, dict):
        return tree, start
    ((kind, content),) = tree.items()
    if kind == "array":
        array = array_from(content, body, start)
        return array, start + array.nbytes
    if kind == "tuple":
        items, end = _decode_all(content, body, start)
        return tuple(items), end
    items, end = _decode_all([item for _, item in content], body, start)
    return {key: item for (key, _), item in zip(content, items, strict=True)}, end


def _decode_all(trees: list[Any], body: bytes, start: int) -> tuple[list[Any], int]:
    items = []
    for tree in trees:
        item, start = _decode(tree, body, start)
        items.append(item)
    return items, start


def array_header(array: Array) -> dict[str, Any]:
    """dtype and shape as JSON values. Raises TypeError for a dtype that is not in the table."""
    if array.dtype.name not in DTYPES:
        raise TypeError(f"an array of {array.dtype.name} cannot be passed")
    return {"dtype": array.dtype.name, "shape": list(array.shape)}


def array_bytes(array: Array) -> bytes:
    """The entries in C order and native byte order."""
    return np.asarray(array, dtype=array.dtype.newbyteorder("=")).tobytes()


def array_from(header: Any, body: bytes, start: int) -> Array:
    """A fresh array from `body[start:]`.

    Trusts nothing in `header`. Raises RecordError where it is malformed or the body too short.
    """
    dtype, shape = dtype_and_shape(header)
    count = math.prod(shape)
    if start + count * dtype.itemsize > len(body):
        raise RecordError(f"the body is too short for an array of shape {shape}")
    return np.frombuffer(body, dtype, count, start).reshape(shape).copy()


def dtype_and_shape(header: Any) -> tuple[np.dtype[Any], tuple[int, ...]]:
    """What an array's header says, checked field by field. Raises RecordError."""
    if not isinstance(header, dict):
        raise RecordError("an array's header is not an object")
    name, shape = header.get("dtype"), header.get("shape")
    if not isinstance(name, str) or name not in DTYPES:
        raise RecordError("an array's dtype is not one of the table")
    if not isinstance(shape, list) or len(shape) > AXES_LIMIT:
        raise RecordError("an array's shape is not a short list")
    if not all(type(n) is int and 0 <= n < 2**48 for n in shape):
        raise RecordError("an array's shape holds something else than sizes")
    if math.prod(n for n in shape if n) >= 2**59:  # NumPy refuses such a shape even where another axis is empty
        raise RecordError("an array's shape is larger than any memory")
    return DTYPES[name], tuple(shape)
