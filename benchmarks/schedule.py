"""The schedule on simulated learners: what practice by it is worth, and how good its forecasts are.

    python benchmarks/schedule.py [--learners 5] [--forecasts 20] [--minutes 45] [--new-share 0.5] [--json]

Learners of `chainrule.schedule.simulated` practise the families of the bank for 30 days, the same minutes a day, by
four policies: the queue, the plan for an exam on day 30, random families, the order of the course. Then an exam of 30
items by chance. Their curve of forgetting is not the scheduler's. The whole bank is larger than 30 days allow, so that
seeing more and keeping more compete; three topics fit. Rows: mean ± standard deviation over the learners.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import click

from chainrule.schedule import simulated
from chainrule.schedule.again import again_today, put_again
from chainrule.schedule.cards import Card, cards_of, reviewed, scheduler
from chainrule.schedule.course_order import shipped_order
from chainrule.schedule.forecast import forecast
from chainrule.schedule.material import Material, materials
from chainrule.schedule.plan import plan
from chainrule.schedule.planned import Planned
from chainrule.schedule.queue import queue
from chainrule.schedule.reviews import Review
from chainrule.schedule.settings import Settings
from chainrule.schedule.times import pace
from questions.bank import load_bank
from questions.prerequisites import shipped_prerequisites

START = datetime(2025, 3, 3, 18, tzinfo=UTC)
DAYS = 30
EXAM = START + timedelta(days=DAYS)
LATER = EXAM + timedelta(days=90)
EXAM_ITEMS = 30
EXAMS = 20  # played to learn the true score
TOPICS = ("layers", "recurrent", "optimisation")  # of a bank that 30 days allow


@dataclass
class Month:
    """A learner in the middle of the month."""

    who: simulated.Learner
    families: tuple[Material, ...]
    rng: random.Random
    memory: dict[str, simulated.Trace] = field(default_factory=dict)
    cards: dict[str, Card] = field(default_factory=dict)
    reviews: list[Review] = field(default_factory=list)
    backlog: list[int] = field(default_factory=list)
    new_share: float = Settings().new_share

    def seen(self) -> dict[str, float]:
        """Topic -> the share of its families that were seen."""
        topics: dict[str, list[bool]] = {}
        for one in self.families:
            topics.setdefault(one.topic, []).append(one.family in self.memory)
        return {topic: sum(met) / len(met) for topic, met in topics.items()}


Policy = Callable[[Month, datetime, float], Sequence[Planned]]


def settings(month: Month) -> Settings:
    return Settings(pace=pace(month.reviews), prerequisites=shipped_prerequisites(), new_share=month.new_share)


def by_queue(month: Month, at: datetime, minutes: float) -> Sequence[Planned]:
    return queue(month.cards, month.families, at, minutes=minutes, settings=settings(month), seed=len(month.reviews))


def by_plan(month: Month, at: datetime, minutes: float) -> Sequence[Planned]:
    chosen = settings(month)
    found = plan(month.cards, month.families, at, EXAM, minutes_a_day=minutes, settings=chosen, seed=len(month.reviews))
    return found.today


def by_chance(month: Month, at: datetime, minutes: float) -> Sequence[Planned]:
    return [item(month.rng.choice(month.families))]


def by_course(month: Month, at: datetime, minutes: float) -> Sequence[Planned]:
    return [item(month.families[len(month.reviews) % len(month.families)])]


POLICIES: dict[str, Policy] = {"queue": by_queue, "plan": by_plan, "random": by_chance, "course order": by_course}


def item(one: Material) -> Planned:
    return Planned(one.family, one.topic, "new", one.seconds / 60, 0.0, 0)


def practise(month: Month, policy: Policy, minutes: float, days: int = DAYS) -> None:
    """Practises every evening; what fails in the queue or the plan comes again."""
    by_id = {one.family: one for one in month.families}
    by_fsrs = scheduler()
    for day in range(days):
        start = at = START + timedelta(days=day)
        month.backlog.append(sum(card.due <= at for card in month.cards.values()))
        left, waiting = minutes, list[Planned]()
        while left > 0:
            waiting = waiting or list(policy(month, at, left))
            if not waiting:
                break
            one = waiting.pop(0)
            review = asked(month, by_id[one.family], at)
            month.cards[one.family] = reviewed(month.cards.get(one.family), review, by_fsrs)
            at += timedelta(seconds=review.seconds)
            left = minutes - (at - start).total_seconds() / 60
            if policy in (by_queue, by_plan) and again_today(review):
                waiting = list(put_again(waiting, one, places=4, seed=day))


def asked(month: Month, one: Material, at: datetime) -> Review:
    seen = month.seen().get(one.topic, 0.0)
    review, trace = simulated.practised(month.who, month.memory, one, at, topic_seen=seen, rng=month.rng)
    month.memory[one.family] = trace
    month.reviews.append(review)
    return review


def true_scores(month: Month, exams: int, at: datetime = EXAM) -> list[float]:
    """Scores in exams of families by chance."""
    seen, who, rng = month.seen(), month.who, month.rng
    drawn = (rng.sample(month.families, EXAM_ITEMS) for _ in range(exams))
    return [simulated.exam_score(who, month.memory, asked, at, seen, rng) for asked in drawn]


def figures(month: Month) -> dict[str, float]:
    """What became of the month."""
    traces = month.memory.values()
    return {
        "reviews": len(month.reviews),
        "families seen": len(month.memory),
        "due on day 10": month.backlog[10],
        "due on day 20": month.backlog[20],
        "due on day 29": month.backlog[29],
        "recall of seen": statistics.mean(simulated.recall(month.who, trace, EXAM) for trace in traces),
        "exam score": statistics.mean(true_scores(month, EXAMS)),
        "three months later": statistics.mean(true_scores(month, EXAMS, LATER)),
    }


def held(month: Month, seed: int) -> dict[str, float]:
    """Whether the forecast's band held the score of one exam; its mean beside the true mean."""
    found = forecast(month.reviews, month.families, EXAM, seed=seed, items=EXAM_ITEMS, by_topic=False)
    assert found is not None
    scores = true_scores(month, EXAMS)
    inside = [found.score.low <= score <= found.score.high for score in scores]
    return {
        "held": statistics.mean(inside),
        "one held": inside[0],
        "off by": found.score.mean - statistics.mean(scores),
    }


def replay_seconds(count: int = 20_000) -> float:
    """Seconds to make the cards from so many reviews."""
    rng = random.Random(0)
    reviews = [
        Review(
            family=f"layers.family-{rng.randrange(553)}",
            topic="layers",
            at=START + timedelta(minutes=20 * i),
            score=rng.choice((0.0, 0.5, 1.0, 1.0)),
            hints=0,
            seconds=100.0,
            expected=120.0,
        )
        for i in range(count)
    ]
    start = time.perf_counter()
    cards_of(reviews)
    return time.perf_counter() - start


def compared(
    families: tuple[Material, ...], learners: int, minutes: float, new_share: float
) -> list[dict[str, object]]:
    """A row for each policy: figures as (mean, standard deviation) over the learners."""
    rows: list[dict[str, object]] = []
    for name, policy in POLICIES.items():
        found = [figures(month_of(seed, families, policy, minutes, new_share)) for seed in range(learners)]
        values = {key: [one[key] for one in found] for key in found[0]}
        spread = {key: (statistics.mean(v), statistics.stdev(v) if len(v) > 1 else 0.0) for key, v in values.items()}
        rows.append({"policy": name, **spread})
    return rows


def month_of(
    seed: int,
    families: tuple[Material, ...],
    policy: Policy,
    minutes: float,
    new_share: float = Settings().new_share,
) -> Month:
    month = Month(simulated.learner(seed), families, random.Random(f"month:{seed}"), new_share=new_share)
    practise(month, policy, minutes)
    return month


def calibration(families: tuple[Material, ...], learners: int, minutes: float) -> list[dict[str, object]]:
    """How often the forecast's band held, in one exam of each learner and in all; and how far its mean was off."""
    rows: list[dict[str, object]] = []
    for name in ("queue", "plan"):
        found = [held(month_of(seed, families, POLICIES[name], minutes), seed) for seed in range(learners)]
        off = [one["off by"] for one in found]
        rows.append(
            {
                "policy": name,
                "learners": learners,
                "held": int(sum(one["one held"] for one in found)),
                "share of all exams": statistics.mean(one["held"] for one in found),
                "off by": (statistics.mean(off), statistics.stdev(off)),
            }
        )
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--learners", type=int, default=5)
    parser.add_argument("--forecasts", type=int, default=20, help="learners for the calibration, two or more")
    parser.add_argument("--minutes", type=float, default=45.0)
    parser.add_argument("--new-share", type=float, default=Settings().new_share, help="of the queue's minutes")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    bank = shipped_order(materials(load_bank()))
    scopes = {"the whole bank": bank, "three topics": tuple(one for one in bank if one.topic in TOPICS)}
    result: dict[str, object] = {"replay of 20 000 reviews, seconds": replay_seconds()}
    for scope, families in scopes.items():
        result[scope] = compared(families, options.learners, options.minutes, options.new_share)
    result["forecast"] = calibration(bank, options.forecasts, options.minutes)
    if options.json:
        click.echo(json.dumps(result, indent=1))
        return
    click.echo(f"replay of 20 000 reviews: {result['replay of 20 000 reviews, seconds']:.2f} s")
    for scope, families in scopes.items():
        hours = sum(one.seconds for one in families) / 3600
        practice = options.minutes * DAYS / 60
        click.echo(f"\n{scope}: {len(families)} families, {hours:.0f} hours once; {practice:.1f} hours of practice")
        table(result[scope])
    click.echo("\nforecast: its 10-90 % band held the score of one exam of so many learners, and a share of all exams")
    table(result["forecast"])


def table(rows: object) -> None:
    """Prints the rows, one column a policy."""
    assert isinstance(rows, list)
    for key in rows[0]:
        click.echo(f"  {key:>20}  " + "  ".join(f"{shown(row[key]):>16}" for row in rows))


def shown(value: object) -> str:
    if isinstance(value, tuple):
        mean, spread = value
        return f"{mean:.0f} ± {spread:.0f}" if abs(mean) > 2 else f"{mean:.3f} ± {spread:.3f}"
    return f"{value:.2f}" if isinstance(value, float) else str(value)


if __name__ == "__main__":
    main()
