"""One answer between the store and the lane that judges it."""

from __future__ import annotations

import logging
from concurrent.futures import Future
from dataclasses import dataclass
from threading import Event
from typing import TYPE_CHECKING

from chainrule.classes.records import Job
from chainrule.grading import fault
from chainrule.store.errors import NotInStore, StoreError
from chainrule.web import judge_worker
from chainrule.web.judged import finish, give_up
from chainrule.web.keeping import persist
from grader.errors import AuthorError

if TYPE_CHECKING:
    from chainrule.store.records import Item
    from chainrule.store.store import Store
    from chainrule.web.variants import Variants
    from grader.verdict import Verdict
    from questions.bank import Bank
    from questions.variant import Part, Variant

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Asked:
    """What the answer is to."""

    item: Item
    variant: Variant
    part: Part


class AnswerJob:
    """A job with one answer."""

    def __init__(self, store: Store, bank: Bank, variants: Variants, job: Job, closing: Event) -> None:
        self._store, self._bank, self._variants, self.job, self._closing = store, bank, variants, job, closing
        self._asked: Asked | None = None

    def request(self) -> str:
        """What the worker is sent. Raises AuthorError or NotInStore where there is no such question any more."""
        self._asked = asked = self._find()
        family = self._bank.family(asked.item.family)
        return judge_worker.request(family, asked.item.seed, asked.item.values, self.job.part, self.job.answer)

    def _find(self) -> Asked:
        item = persist(lambda: self._store.item(self.job.item), self._closing)
        variant = self._variants.of(item)
        if variant is None:
            raise AuthorError(f"{item.family} was changed since it was asked")
        for part in variant.parts:
            if part.id == self.job.part:
                return Asked(item, variant, part)
        raise AuthorError(f"{item.family} has no part {self.job.part}")

    def finish(self, done: Future[Verdict]) -> None:
        """Keeps the verdict, or why there is none. Raises nothing: what cannot be kept waits for the next start."""
        try:
            if (error := done.exception()) is None:
                persist(lambda: self._keep(done.result()), self._closing)
            elif isinstance(error, StoreError) and not isinstance(error, NotInStore):
                log.error("the answer %s waits for the next start: %s", self.job.id, error)
            else:
                log.error("the answer %s could not be judged", self.job.id, exc_info=error)
                verdict = fault(error if isinstance(error, AuthorError) else AuthorError(type(error).__name__))
                persist(lambda: give_up(self._store, self.job, verdict), self._closing)
        except Exception:
            log.exception("the verdict on %s could not be kept and is made anew at the next start", self.job.id)

    def _keep(self, verdict: Verdict) -> None:
        assert self._asked is not None
        finish(self._store, self.job, verdict, self._asked.item, self._asked.variant, self._asked.part)
