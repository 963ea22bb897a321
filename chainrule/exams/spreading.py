"""Which question goes into which section, so that topics are spread as evenly as the sections allow.

A flow of questions: section -> family (once in a form) -> topic. The number that a topic may take is raised step by
step, so that no topic comes twice before every topic that can has come once. Where a family or a topic is taken, the
section that took it looks for another: an augmenting path, so a form is found wherever there is one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Want:
    """What a section takes: `count` of the candidates, sooner those that stand first; fixed: in any case."""

    candidates: tuple[str, ...]
    count: int
    fixed: tuple[str, ...] = ()


class Unfilled(Exception):
    """There is no form. missing: how many questions the sections lack together."""

    def __init__(self, missing: int) -> None:
        super().__init__(f"the sections lack {missing} questions")
        self.missing = missing


def spread(wants: Sequence[Want], topics: Mapping[str, str]) -> list[list[str]]:
    """The families of each section, the fixed ones first. topics: of each family. Raises `Unfilled`."""
    flow = _Flow(wants, topics)
    for most in range(1, sum(want.count for want in wants) + 1):
        for section in range(len(wants)):
            while flow.short(section) and flow.place(section, most):
                pass
    if missing := sum(want.count for want in wants) - len(flow.held):
        raise Unfilled(missing)
    return [flow.of(section) for section in range(len(wants))]


@dataclass
class _Seen:
    """Where the search for one place has been."""

    sections: set[int] = field(default_factory=set)
    topics: set[str] = field(default_factory=set)
    families: set[str] = field(default_factory=set)


class _Flow:
    """Families by the section that holds them."""

    def __init__(self, wants: Sequence[Want], topics: Mapping[str, str]) -> None:
        self.wants = wants
        self.topics = topics
        self.fixed = {family: section for section, want in enumerate(wants) for family in want.fixed}
        self.held: dict[str, int] = dict(self.fixed)
        self.load = Counter(topics[family] for family in self.held)

    def of(self, section: int) -> list[str]:
        """What the section holds."""
        return [family for family, holder in self.held.items() if holder == section]

    def short(self, section: int) -> bool:
        """Whether the section wants more than it holds."""
        return len(self.of(section)) < self.wants[section].count

    def place(self, section: int, most: int, seen: _Seen | None = None) -> bool:
        """Gives the section one family more; False where there is none with at most `most` of each topic."""
        seen = seen or _Seen()
        if section in seen.sections:
            return False
        seen.sections.add(section)
        for family in self.wants[section].candidates:
            if family in seen.families or family in self.fixed:
                continue
            seen.families.add(family)
            if self._free(family, section, most, seen):
                self.held[family] = section
                return True
        return False

    def _free(self, family: str, section: int, most: int, seen: _Seen) -> bool:
        """Whether the section can have the family now, perhaps since another section took something else for it."""
        holder = self.held.get(family)
        if holder is not None:
            return holder != section and self.place(holder, most, seen)
        topic = self.topics[family]
        if self.load[topic] < most or self._release(topic, most, seen):
            self.load[topic] += 1
            return True
        return False

    def _release(self, topic: str, most: int, seen: _Seen) -> bool:
        """Frees a place of a topic that is full, where the section of one of its families finds another."""
        if topic in seen.topics:
            return False
        seen.topics.add(topic)
        for family, holder in list(self.held.items()):
            if self.topics[family] != topic or family in self.fixed:
                continue
            seen.families.add(family)
            if self.place(holder, most, seen):
                del self.held[family]
                self.load[topic] -= 1
                return True
        return False
