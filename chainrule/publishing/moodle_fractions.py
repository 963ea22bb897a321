"""Shares of the marks as Moodle takes them: it refuses a file with any share that is not in its list."""

from __future__ import annotations

from collections.abc import Mapping

LISTED = (
    "100", "90", "83.33333", "80", "75", "70", "66.66667", "60", "50", "40", "33.33333", "30", "25", "20",
    "16.66667", "14.28571", "12.5", "11.11111", "10", "5", "0",
)  # fmt: skip


def listed(share: float) -> str:
    """The share, from -1 to 1, in percent as in Moodle's list, the nearest where it is not there."""
    nearest = min(LISTED, key=lambda text: abs(float(text) - 100 * abs(share)))
    return f"-{nearest}" if share < 0 and nearest != "0" else nearest


def of_statements(right: Mapping[str, bool]) -> dict[str, str]:
    """The share of each statement, by label: the true ones together 100, the others together -100.

    So whoever marks all of them, or none, earns nothing.
    """
    true, false = sum(right.values()), len(right) - sum(right.values())
    return {label: listed(1 / true if is_right else -1 / false) for label, is_right in right.items()}
