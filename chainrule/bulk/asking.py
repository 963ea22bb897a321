"""What those who judge must know of an assignment beside the answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from chainrule.bulk.keys import grader_version
from chainrule.bulk.progress import Watcher
from chainrule.bulk.records import Task
from chainrule.bulk.shared_references import SharedReference, references_of, train_shared
from chainrule.bulk.worker import Batch

if TYPE_CHECKING:
    from chainrule.bulk.assignment import Assignment
    from chainrule.judging_apart import Question
    from questions.bank import Bank
    from questions.family import Family
    from questions.variant import Part

COSTS: Mapping[str, float] = {"code": 8.0, "derivation": 4.0}  # as against a formula's 1
TORCH = 16.0  # code that uses it


@dataclass(frozen=True)
class Asking:
    """What an assignment asks. questions: those that do not ship with the package. costs: by family and part."""

    device: str
    questions: Mapping[str, Question] = field(repr=False)
    costs: Mapping[tuple[str, str], float] = field(repr=False)
    references: tuple[SharedReference, ...] = ()

    def batch(self, tasks: tuple[Task, ...]) -> Batch:
        """What a worker is sent, with no question that the batch does not need."""
        needed = {task.family for task in tasks} & self.questions.keys()
        questions = {id: self.questions[id] for id in sorted(needed)}
        return Batch(tasks, grader_version(), questions, self.device)

    def cost(self, task: Task) -> float:
        """What judging the answer costs, as against a formula's 1."""
        return self.costs.get((task.family, task.part), 1.0)


def asking_of(assignment: Assignment, bank: Bank, device: str, watcher: Watcher) -> Asking:
    """What the assignment asks; references that it needs and that are not there are trained now."""
    items = assignment.quiz_for("").items  # the same questions for all
    families = {item.family: bank.family(item.family) for item in items}
    names = references_of(families.values())
    trained = train_shared(names, lambda name, done, all: watcher.say(f"training {name}: epoch {done} of {all}"))
    costs = {(item.family, part.id): _cost(part) for item in items for part in item.parts}
    return Asking(device, dict(_not_shipped(families)), costs, tuple(trained))


def _cost(part: Part) -> float:
    return TORCH if part.packages == "torch" else COSTS.get(part.kind, 1.0)


def _not_shipped(families: Mapping[str, Family]) -> Iterator[tuple[str, Question]]:
    """Questions that a worker cannot read from its own package."""
    from chainrule.judging_apart import question_of
    from questions.bank import load_family

    for id, family in families.items():
        shipped = load_family(id)
        if shipped is None or shipped.version != family.version:
            yield id, question_of(family)
