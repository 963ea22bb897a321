"""Variants that were asked, drawn again from their items and remembered for a while, with their views."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from chainrule.recording import redrawn
from chainrule.viewing import question_view

if TYPE_CHECKING:
    from chainrule.store.records import Item
    from chainrule.views import QuestionView
    from questions.bank import Bank
    from questions.variant import Variant

KEPT = 4000


class Variants:
    """Drawing takes milliseconds, a look at what was drawn before none. It may be used from several threads."""

    def __init__(self, bank: Bank) -> None:
        self._bank = bank
        self._drawn = lru_cache(maxsize=KEPT)(self._draw)
        self._asked = lru_cache(maxsize=KEPT)(self._again)
        self._viewed = lru_cache(maxsize=KEPT)(self._view)

    def draw(self, family: str, seed: int) -> Variant:
        """The variant of a family for a seed. Raises AuthorError where it is broken."""
        return self._drawn(family, seed)

    def of(self, item: Item) -> Variant | None:
        """The variant that was asked; None where the family is gone or draws other values by now."""
        return self._asked(item)

    def view(self, item: Item) -> QuestionView | None:
        """How it is shown; None as above. Raises AuthorError where it is broken."""
        return self._viewed(item)

    def _draw(self, family: str, seed: int) -> Variant:
        return self._bank.family(family).draw(seed)

    def _again(self, item: Item) -> Variant | None:
        return redrawn(item, lambda: self.draw(item.family, item.seed))

    def _view(self, item: Item) -> QuestionView | None:
        variant = self.of(item)
        return None if variant is None else question_view(item.number, variant)
