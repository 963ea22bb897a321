"""Trained weights on disk: one safetensors file for each key, written whole or not at all.

A file's metadata holds a record (JSON) and a digest of record and weights, so that damage is noticed.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from torch import Tensor

VARIABLE = "CHAINRULE_CACHE"
_ABANDONED = 3600  # seconds: far longer than any file takes to write
Weights = Mapping[str, "Tensor"]


def folder() -> Path:
    """Where trained references are kept: $CHAINRULE_CACHE or the user's cache folder, `references` in it."""
    import platformdirs

    chosen = os.environ.get(VARIABLE)
    return Path(chosen or platformdirs.user_cache_dir("chainrule")) / "references"


def key(**parts: Any) -> str:
    """A digest of the parts (JSON values): other parts, other key."""
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:32]


def load(path: Path) -> tuple[dict[str, Any], dict[str, Tensor]] | None:
    """Record and weights as saved; None where the file is missing, cut short or damaged.

    The file is read, not mapped into memory: a mapped one that is cut short later would end the process.
    """
    from safetensors import SafetensorError
    from safetensors.torch import load as from_bytes

    try:
        data = path.read_bytes()
        weights = from_bytes(data)
        notes = _metadata(data)
        whole = notes["digest"] == _digest(notes["record"], weights)
        return (json.loads(notes["record"]), weights) if whole else None
    except (OSError, SafetensorError, KeyError, TypeError, ValueError):
        return None


def _metadata(data: bytes) -> dict[str, Any]:
    """The texts in the file's header: eight bytes give its length, then it stands there as JSON."""
    length = int.from_bytes(data[:8], "little")
    found: dict[str, Any] = json.loads(data[8 : 8 + length])["__metadata__"]
    return found


def save(path: Path, record: Mapping[str, Any], weights: Weights) -> None:
    """Writes the file beside its place and moves it there, so that no reader ever sees half of it."""
    from safetensors.torch import save as to_bytes

    plain = {name: tensor.detach().cpu().contiguous() for name, tensor in weights.items()}
    text = json.dumps(record, sort_keys=True)
    data = to_bytes(plain, metadata={"record": text, "digest": _digest(text, plain)})
    path.parent.mkdir(parents=True, exist_ok=True)
    _sweep(path.parent)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=path.stem, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(temporary).replace(path)
    except BaseException:  # Ctrl-C as well: whatever stopped it, no half file stays
        Path(temporary).unlink(missing_ok=True)
        raise


def _sweep(place: Path) -> None:
    """Removes half files that processes killed over an hour ago have left."""
    for part in place.glob("*.part"):
        try:
            if time.time() - part.stat().st_mtime > _ABANDONED:
                part.unlink()
        except OSError:
            continue  # another process was quicker


def _digest(record: str, weights: Weights) -> str:
    total = hashlib.sha256(record.encode())
    for name in sorted(weights):
        tensor = weights[name]
        total.update(f"{name} {tuple(tensor.shape)} {tensor.dtype}".encode())
        total.update(tensor.contiguous().numpy().tobytes())
    return total.hexdigest()
