"""What a run came to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from chainrule.bulk.reading import Lost
from chainrule.bulk.records import Result


@dataclass(frozen=True)
class Faulty:
    """A part that could not be judged by a fault of ours."""

    student: str
    number: int
    family: str
    part: str
    what: str


@dataclass
class Row:
    """A question's answers. outcomes: how many of each; earned, possible: marks."""

    family: str
    outcomes: Counter[str] = field(default_factory=Counter)
    earned: float = 0.0
    possible: float = 0.0


@dataclass
class Summary:
    """Counts of a run. answers: to judge; kept: judged by an earlier run; same: judged for another student.

    seconds: that judging took; working: of all who judged together.
    """

    students: int = 0
    handed_in: int = 0
    answers: int = 0
    kept: int = 0
    judged: int = 0
    seconds: float = 0.0
    working: float = 0.0
    rows: dict[int, Row] = field(default_factory=dict)
    faults: list[Faulty] = field(default_factory=list)
    lost: list[Lost] = field(default_factory=list)

    @property
    def same(self) -> int:
        """Answers that another student gave to the same question with the same numbers."""
        return max(0, self.answers - self.kept - self.judged)

    @property
    def sound(self) -> bool:
        """Whether nothing of ours broke."""
        return not self.faults and not self.lost

    def counted(self, results: Iterable[Result]) -> Iterator[Result]:
        """The results, counted as they pass."""
        for result in results:
            row = self.rows.setdefault(result.number, Row(result.family))
            row.outcomes[result.outcome] += 1
            row.earned += result.earned
            row.possible += result.marks
            if result.outcome == "fault":
                self.faults.append(Faulty(result.student, result.number, result.family, result.part, _what(result)))
            yield result

    def record(self) -> dict[str, Any]:
        """The summary as JSON."""
        rows = [{"number": number, **vars(row), "outcomes": dict(row.outcomes)} for number, row in _sorted(self.rows)]
        plain = {name: value for name, value in vars(self).items() if name not in {"rows", "faults", "lost"}}
        return {
            **plain,
            "same": self.same,
            "questions": rows,
            "faults": [vars(one) for one in self.faults],
            "lost": [vars(one) for one in self.lost],
        }


def _sorted(rows: dict[int, Row]) -> list[tuple[int, Row]]:
    return sorted(rows.items())


def _what(result: Result) -> str:
    return next((str(data.get("what", code)) for code, data in result.feedback), result.problem)
