"""A quiz as data: what a quiz file and a notebook hold of it, and what a student who must not draw it again gets."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from chainrule.quiz import Quiz
    from questions.variant import Variant

FORMAT = 1


def quiz_data(quiz: Quiz, *, sealed: bool = False) -> dict[str, Any]:
    """What is written of the quiz, but for the parts of its items.

    sealed: without what the items can be drawn again by, since with it everybody can look up the answers; `form` tells
    the quiz from others all the same.
    """
    items = [_item_data(variant, sealed=sealed) for variant in quiz.items]
    mark = {"form": form_mark(quiz)} if sealed else {"seed": quiz.seed}
    return {"quiz": FORMAT, "title": quiz.title, **mark, "items": items}


def _item_data(variant: Variant, *, sealed: bool) -> dict[str, Any]:
    drawn = {} if sealed else {"seed": variant.seed, "drawn": encoded(variant.values)}
    return {"question": variant.family, "version": variant.version, **drawn}


def form_mark(quiz: Quiz) -> str:
    """A name for the questions with their values, as far as these are shown: it tells nothing of seeds."""
    shown = [[item.family, encoded(item.values)] for item in quiz.items]
    return hashlib.sha256(json.dumps(shown).encode()).hexdigest()[:12]


def encoded(values: Mapping[str, Any]) -> str:
    """The drawn values as JSON in base64."""
    text = json.dumps(plain_values(values), ensure_ascii=False, sort_keys=True)
    return base64.b64encode(text.encode()).decode()


def plain_values(values: Any) -> Any:
    """Drawn values as JSON values: fractions become text such as "1/3", tuples become lists."""
    match values:
        case Mapping():
            return {str(name): plain_values(value) for name, value in values.items()}
        case list() | tuple():
            return [plain_values(value) for value in values]
        case Fraction():
            return int(values) if values.denominator == 1 else str(values)
    return values
