"""What unseen families bring: scores at first sight, as Beta distributions by topic and level."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from chainrule.schedule.reviews import Review

LEVEL_MEAN = {1: 0.55, 2: 0.45, 3: 0.35, 4: 0.25, 5: 0.2}  # before anything is known of the learner
LEVEL_WEIGHT = 4.0  # first sights that these count for
TOPIC_WEIGHT = 6.0  # first sights of the level that a topic starts from


@dataclass(frozen=True)
class Sights:
    """Scores at first sight: (topic, level) -> (sum, count), and the same of each level with topic ''."""

    found: dict[tuple[str, int], tuple[float, int]]

    def beta(self, topic: str, level: int) -> tuple[float, float]:
        """The parameters of the Beta distribution of the mean score at first sight."""
        mean = LEVEL_MEAN.get(level, LEVEL_MEAN[5])
        total, count = self.found.get(("", level), (0.0, 0))
        of_level = (LEVEL_WEIGHT * mean + total) / (LEVEL_WEIGHT + count)
        total, count = self.found.get((topic, level), (0.0, 0))
        weight = TOPIC_WEIGHT + count
        of_topic = (TOPIC_WEIGHT * of_level + total) / weight
        return of_topic * weight, (1 - of_topic) * weight


def first_sights(reviews: Iterable[Review]) -> Sights:
    """The scores of each family's first review."""
    sums: dict[tuple[str, int], list[float]] = defaultdict(list)
    met: set[str] = set()
    for review in sorted(reviews, key=lambda review: (review.at, review.family)):
        if review.family not in met:
            met.add(review.family)
            for key in (("", review.level), (review.topic, review.level)):
                sums[key].append(review.score)
    return Sights({key: (sum(scores), len(scores)) for key, scores in sums.items()})
