"""Cases of code questions on disk, so that judging NumPy code imports no torch.

One npz file for each content: family version, part, seed, and the sources of the references. Nothing in it is
pickled; a file that is damaged or from elsewhere is ignored and written anew.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

VARIABLE = "CHAINRULE_CACHE"
Arrays = Mapping[str, NDArray[Any]]


def folder(kind: str = "cases") -> Path:
    """Where cases, or another kind of files, are kept: $CHAINRULE_CACHE, else the user's cache folder; `kind` in it."""
    import platformdirs

    chosen = os.environ.get(VARIABLE)
    return (Path(chosen) if chosen else Path(platformdirs.user_cache_dir("chainrule"))) / kind


def digest(*parts: object) -> str:
    """A name for the content that the parts decide; each part is JSON or text."""
    return hashlib.sha256(json.dumps([str(part) for part in parts]).encode()).hexdigest()[:32]


def load(name: str) -> dict[str, NDArray[Any]] | None:
    """The arrays saved under that name, or None where there are none that can be read."""
    try:
        # opened here, since NumPy leaves a damaged file open
        with (folder() / f"{name}.npz").open("rb") as stream, np.load(stream, allow_pickle=False) as file:
            return {key: file[key] for key in file.files}
    except (OSError, ValueError, EOFError, KeyError, zipfile.BadZipFile):
        return None


def save(name: str, arrays: Arrays) -> None:
    """Writes the arrays beside their place and moves them there; where nothing can be written, nothing is."""
    if any(array.dtype.hasobject for array in arrays.values()):
        raise TypeError("arrays of Python objects cannot be kept")
    put(folder() / f"{name}.npz", lambda file: np.savez(file, **arrays))  # type: ignore[arg-type]


def put(target: Path, write: Callable[[BinaryIO], object]) -> None:
    """Has a file written beside its place and moves it there; where nothing can be written, nothing is."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=target.stem, suffix=".part")
    except OSError:
        return  # a cache that cannot be written costs time, not the answer
    try:
        with os.fdopen(handle, "wb") as file:
            write(file)
        Path(temporary).replace(target)
    except OSError:
        Path(temporary).unlink(missing_ok=True)
    except BaseException:  # Ctrl-C as well: no half file stays
        Path(temporary).unlink(missing_ok=True)
        raise
