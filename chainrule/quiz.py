"""A quiz: questions drawn from a bank, in order, fixed by a seed."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from grader.errors import AuthorError

if TYPE_CHECKING:
    from questions.bank import Bank
    from questions.variant import Variant

DEFAULT_LENGTH = 10
MAX_LENGTH = 500
SEEDS = 1_000_000  # of a question within a quiz: below this


@dataclass(frozen=True)
class Quiz:
    """Drawn questions in the order in which they are asked."""

    title: str
    seed: int
    items: tuple[Variant, ...]


def draw_quiz(
    bank: Bank,
    *,
    seed: int,
    n: int = DEFAULT_LENGTH,
    topic: str | None = None,
    families: Sequence[str] | None = None,
) -> Quiz:
    """`n` questions from the bank, or one of each of `families` in their order; the seed fixes every draw.

    families: ids, or `id@seed` for one variant of it. Each family comes once before any comes again, with other values.
    Raises AuthorError for an unknown topic or id, and where there is nothing to draw from.
    """
    topics = bank.topics()
    if topic is not None and topic not in topics:
        raise AuthorError(unknown("topic", topic, list(topics)))
    chance = random.Random(f"quiz:{seed}")
    if families is None:
        known = [family for name, (_, ids) in topics.items() if topic in (None, name) for family in ids]
        families = _spread(sorted(known), n, chance)
    items = tuple(_drawn(bank, family, chance.randrange(SEEDS)) for family in families)
    title = f"Quiz: {topics[topic][0]}" if topic is not None else "Quiz"
    return Quiz(title, seed, items)


def _drawn(bank: Bank, asked: str, seed: int) -> Variant:
    """The variant of `id`, or of `id@seed`, which names its own. Raises AuthorError for what is no seed."""
    id, at, own = asked.partition("@")
    if at and not (own.isascii() and own.isdigit() and len(own) < 20):
        raise AuthorError(f"{asked!r}: came the seed {own!r}, expected a whole number, as in {id}@17")
    return bank.family(id).draw(int(own) if at else seed)


def _spread(known: list[str], n: int, chance: random.Random) -> list[str]:
    """`n` ids in random order, each as often as the others or once more."""
    if not known:
        raise AuthorError("the bank has no questions to draw from")
    order: list[str] = []
    while len(order) < n:
        order += chance.sample(known, len(known))
    return order[:n]


def unknown(kind: str, name: str, known: Sequence[str]) -> str:
    """A sentence about a name that is none of the known ones, with the nearest of them."""
    from chainrule.cli import nearest

    return f"there is no {kind} {name!r}.{nearest(name, known)} Known: {', '.join(known)}"
