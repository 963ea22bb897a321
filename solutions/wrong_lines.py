"""What questions share that hide one wrong line among right ones."""

from __future__ import annotations

from collections.abc import Sequence


def only(wrong: Sequence[str]) -> str:
    """The one name of a list. Raises ValueError where there is none or more than one."""
    if len(wrong) != 1:
        raise ValueError(f"expected one wrong line, found {wrong}")
    return wrong[0]
