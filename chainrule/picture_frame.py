"""The SVG element around a picture."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup


def framed(kind: str, width: float, height: float, label: str, pieces: Iterable[Markup]) -> Markup:
    """The pieces within one SVG. kind: its classes; label: its text alternative."""
    head = Markup('<svg class="{}" viewBox="0 0 {} {}" width="{}" role="img" aria-label="{}">').format(
        kind, round(width), round(height), round(width), label
    )
    return head + Markup("").join(pieces) + Markup("</svg>")
