"""What people write around a formula: dollar signs, a full stop, `dL/dW =` in front. Taken off, and nothing else."""

from __future__ import annotations

import re

_OF = r"[A-Za-z]\w*"
_LEFT_SIDES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:d|∂|\\partial\s*)(?P<of>{_OF})\s*/\s*(?:d|∂|\\partial\s*)(?P<by>{_OF})",
        rf"\\[dt]?frac\{{\s*(?:d|\\partial\s*|∂)\s*(?P<of>{_OF})\s*\}}\{{\s*(?:d|\\partial\s*|∂)\s*(?P<by>{_OF})\s*\}}",
        rf"(?:\\nabla|∇)\s*_\s*\{{?\s*(?P<by>{_OF})\s*\}}?\s*(?P<of>{_OF})",
    )
)


def unwrapped(text: str) -> str:
    """The formula without dollar signs around it and without punctuation at its end."""
    text = text.strip()
    for opening, closing in (("$$", "$$"), ("$", "$"), (r"\(", r"\)"), (r"\[", r"\]")):
        if len(text) > len(opening) + len(closing) and text.startswith(opening) and text.endswith(closing):
            text = text[len(opening) : -len(closing)].strip()
    return text.rstrip(" .;,") if text.rstrip(" .;,") else text


def without_left_side(text: str, asked: tuple[str, ...]) -> str:
    """The text behind a leading `dL/dW =`, `\\nabla_W L =` or `name =`, where that names what was asked.

    asked: names such as `dL/dW`. Where nothing was named, any sign of a derivative is taken off. A left side that
    names something else stays, and the reader refuses it.
    """
    left, equals, right = text.partition("=")
    if not equals or right.startswith("=") or left.endswith(("<", ">", "!")) or "(" in left:
        return text
    sign = _derivative(left.strip())
    if sign and (not asked or sign in asked):
        return right.strip()
    return right.strip() if left.strip() in asked else text


def _derivative(left: str) -> str:
    """`dL/dW` for every way to write it, else ''."""
    for pattern in _LEFT_SIDES:
        if found := pattern.fullmatch(left):
            return f"d{found['of']}/d{found['by']}"
    return ""
