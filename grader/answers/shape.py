"""Judging a tensor shape: `(32, 8, 8)`, `32 x 8 x 8`, `[32, 8, 8]`, `torch.Size([32, 8, 8])`."""

from __future__ import annotations

import re
import unicodedata

from grader.answers.mistaken import mistaken
from grader.errors import LearnerError
from grader.keys import ShapeKey
from grader.verdict import Evidence, Feedback, Verdict, right, unreadable, wrong

MAX_DIGITS = 12
MAX_AXES = 16
_WRAPPER = re.compile(r"(torch\s*\.\s*)?size\s*(?=\()|shape\s*[:=]?\s*(?=[(\[\d])")
_SCALAR = re.compile(r"\(\s*\)|\[\s*\]|(a )?scalar")
_SEPARATOR = re.compile(r"\s*(?:[,;x×*]|\bby\b)\s*|\s+")


def judge_shape(answer: str, key: ShapeKey) -> Verdict:
    """The verdict on a shape; where wrong: a known mistake, its rank, the order of its axes, or which sizes."""
    try:
        shape = read_shape(answer)
    except LearnerError as error:
        return unreadable(error.feedback)
    reading = shape_text(shape)
    if shape == key.shape:
        return right(reading=reading, evidence=Evidence.PROVED)
    for mistake in key.mistakes:
        if mistake.key == shape:
            return mistaken(mistake, reading=reading, evidence=Evidence.PROVED)
    return wrong(_why(shape, key.shape), reading=reading, evidence=Evidence.PROVED)


def shape_text(shape: tuple[int, ...]) -> str:
    """The shape as Python prints it: `(32, 8, 8)`, `(32,)`, `()`."""
    return str(shape)


def read_shape(answer: str) -> tuple[int, ...]:
    """The sizes typed. Raises `LearnerError` where a part is no whole number."""
    text = _WRAPPER.sub("", unicodedata.normalize("NFKC", answer[:500]).casefold().strip()).strip(" .`")
    if _SCALAR.fullmatch(text):
        return ()
    while (text[:1], text[-1:]) in {("(", ")"), ("[", "]"), ("{", "}")}:
        text = text[1:-1].strip()
    parts = _SEPARATOR.split(text.removesuffix(",").strip())
    if parts == [""]:
        raise LearnerError(Feedback("shape.empty"))
    if len(parts) > MAX_AXES:
        raise LearnerError(Feedback("shape.axes", {"got": len(parts), "limit": MAX_AXES}))
    for part in parts:
        if not re.fullmatch(r"[0-9]+", part) or len(part) > MAX_DIGITS:
            raise LearnerError(Feedback("shape.size", {"got": part[:20] or "nothing between two commas"}))
    return tuple(int(part) for part in parts)


def _why(got: tuple[int, ...], expected: tuple[int, ...]) -> Feedback:
    if len(got) != len(expected):
        return Feedback("shape.rank", {"got": shape_text(got), "axes": len(got), "expected": len(expected)})
    if sorted(got) == sorted(expected):
        return Feedback("shape.permuted", {"got": shape_text(got)})
    places = [str(i + 1) for i, (a, b) in enumerate(zip(got, expected, strict=True)) if a != b]
    return Feedback("shape.sizes", {"got": shape_text(got), "places": ", ".join(places), "axes": len(got)})
