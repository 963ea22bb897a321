"""Numbers as they are shown in pictures and examples."""

from __future__ import annotations

from typing import Any

MOST_NUMBERS = 6


def numbers_text(value: Any, *, most: int = MOST_NUMBERS) -> str:
    """Numbers to three digits: `0.881`, `(1, −2)`, `[1 2; 0 1]`; only the shape where there are more than `most`."""
    import numpy as np

    array = np.asarray(value)
    if array.size > most:
        return " × ".join(map(str, array.shape))
    if array.ndim == 0:
        return number_text(float(array))
    if array.ndim == 1:
        return f"({', '.join(number_text(float(v)) for v in array)})"
    rows = array.reshape(array.shape[0], -1)
    return f"[{'; '.join(' '.join(number_text(float(v)) for v in row) for row in rows)}]"


def exact_text(value: Any) -> str:
    """Like `numbers_text`, with whole numbers in full and others to four digits."""
    import numpy as np

    array = np.asarray(value, dtype=object)
    if array.ndim:
        return numbers_text(array.astype(float))
    number = array[()]
    if number == int(number):
        return str(int(number)).replace("-", "−")
    return f"{float(number):.4g}".replace("-", "−")


def number_text(value: float) -> str:
    """The number to three digits, with the sign that mathematics uses."""
    return f"{value + 0.0:.3g}".replace("-", "−")
