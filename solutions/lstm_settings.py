"""Which saturated gates make a cell of an LSTM do a job."""

from __future__ import annotations

import math

SETTINGS = {"k": "+--", "ks": "+-+", "kws": "+++", "kw": "++-", "ws": "-++", "w": "-+-"}
"""Signs of what goes into forget gate, input gate and output gate."""


def by_running(keeps: int, writes: int, shows: int, s: float, u: float, big: int) -> str:
    """Name of the one setting under which a cell with content s and candidate u does the job.

    keeps, writes, shows: 1 where the job wants it, else 0.
    """
    target = int(keeps) * float(s) + int(writes) * float(u)
    shown = int(shows) * math.tanh(target)
    fitting = []
    for name, signs in SETTINGS.items():
        f, i, o = (1 / (1 + math.exp(-int(big) * (1 if sign == "+" else -1))) for sign in signs)
        cell = f * float(s) + i * float(u)
        if abs(cell - target) < 0.02 and abs(o * math.tanh(cell) - shown) < 0.02:
            fitting.append(name)
    (found,) = fitting
    return found


def by_rule(keeps: int, writes: int, shows: int) -> str:
    """The same from the meaning of the gates: each is open where its job is wanted."""
    return ("k" if int(keeps) else "") + ("w" if int(writes) else "") + ("s" if int(shows) else "")
