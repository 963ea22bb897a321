"""Results of a class as the answers that statistics are made of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from chainrule.bulk.columns import Column
from chainrule.bulk.records import Result
from chainrule.statistics.answers import Answer
from chainrule.statistics.slips import slips_of


class ClassAnswers:
    """Makes answers; texts that many of them share are held once."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self._items = {(column.number, column.part): column.item for column in columns}
        self._held: dict[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]] = {(): ()}

    def of(self, results: Sequence[Result]) -> Iterator[tuple[Result, Answer]]:
        """The results for what is asked, each with its answer."""
        for result in results:
            item = self._items.get((result.number, result.part))
            if item is not None:
                slips = slips_of(result.kind, result.mistake, result.feedback, result.reading)
                held = self._held.setdefault(slips, slips)
                yield (
                    result,
                    Answer(result.student, item, result.kind, result.marks, result.outcome, result.score, held),
                )
