"""Fingerprints of code: hashes of runs of tokens, some kept by winnowing (Schleimer, Wilkerson, Aiken 2003)."""

from __future__ import annotations

from collections.abc import Sequence
from zlib import crc32

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from chainrule.statistics.code_tokens import Token

RUN = 10  # tokens that are hashed together: what is the same for fewer is not noticed
WINDOW = 4  # hashes of which one is kept: RUN + WINDOW − 1 tokens in common are always noticed
_POWERS = np.array([pow(6364136223846793005, i, 2**64) for i in range(RUN)], dtype=np.uint64)
_MIX = np.uint64(0x9E3779B97F4A7C15)


def fingerprints(tokens: Sequence[Token]) -> dict[int, int]:
    """The places, as numbers of the token with which a run begins, by the hash of the run; the first of each hash."""
    hashes = _hashes(tokens)
    if not len(hashes):
        return {}
    windows = sliding_window_view(hashes, min(WINDOW, len(hashes)))
    last = windows.shape[1] - 1 - windows[:, ::-1].argmin(axis=1)  # the last of the least, so that it stays for long
    places = np.unique(last + np.arange(len(windows)))
    found: dict[int, int] = {}
    for place in places:
        found.setdefault(int(hashes[place]), int(place))
    return found


def all_hashes(tokens: Sequence[Token]) -> frozenset[int]:
    """The hashes of every run, kept or not."""
    return frozenset(map(int, _hashes(tokens)))


def _hashes(tokens: Sequence[Token]) -> np.ndarray[tuple[int], np.dtype[np.uint64]]:
    """A hash of each run of tokens; the same on every machine and in every process."""
    if len(tokens) < RUN:
        return np.zeros(0, dtype=np.uint64)
    ids = np.array([crc32(token.text.encode("utf-8", "replace")) for token in tokens], dtype=np.uint64)
    runs: np.ndarray[tuple[int], np.dtype[np.uint64]] = (sliding_window_view(ids, RUN) * _POWERS).sum(axis=1)
    return (runs ^ (runs >> np.uint64(29))) * _MIX
