"""Right answers as they may be typed, for platforms that compare texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.keys import FormulaKey, Key, ShapeKey

if TYPE_CHECKING:
    from questions.variant import Part


def spellings(part: Part) -> tuple[str, ...]:
    """The right answers that a platform accepts by their text, the plainest first. Raises AuthorError."""
    found = [*_of_key(part.key), *part.also]
    return tuple(dict.fromkeys(found))


def _of_key(key: Key) -> list[str]:
    match key:
        case ShapeKey(shape=shape):
            return shape_spellings(shape)
        case FormulaKey(formula=formula, asked=asked):
            plain = [formula.text(), formula.unicode()]
            whole = plain + [text.replace(" ", "") for text in plain]
            return whole + [f"{name} = {text}" for name in asked for text in plain]
    return []


def shape_spellings(shape: tuple[int, ...]) -> list[str]:
    """The ways to write a shape: `(32, 8, 8)`, `32x8x8`, `[32, 8, 8]` and the like."""
    if not shape:
        return ["()", "[]", "scalar"]
    sizes = [str(size) for size in shape]
    inside = [joint.join(sizes) for joint in (", ", ",", " x ", "x", " × ", "×", " ")]
    inside += [f"{sizes[0]},"] * (len(sizes) == 1)
    listed = [text for text in inside if "," in text or len(sizes) == 1]
    found = [str(shape), *(f"({text})" for text in listed), *(f"[{text}]" for text in listed), *inside]
    return list(dict.fromkeys([*found, *(f"torch.Size([{text}])" for text in listed[:2])]))


def wrong_spellings(part: Part) -> list[tuple[str, str, float]]:
    """Typical wrong answers as typed, each with its sentence and its share of the marks."""
    match part.key:
        case ShapeKey(mistakes=shapes):
            return [(text, m.says, m.worth) for m in shapes for text in shape_spellings(m.key)]
        case FormulaKey(mistakes=formulas):
            return [(text, m.says, m.worth) for m in formulas for text in (m.key.text(), m.key.unicode())]
    return []
