"""What other processes do to a store. They are forked from one that has everything imported, to start at once."""

from __future__ import annotations

import multiprocessing
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext
from multiprocessing.synchronize import Barrier

from chainrule.store.opening import open_store
from chainrule.store.records import Attempt, Item, Setting

PRELOAD = ["store_writers", "chainrule.store.store", "chainrule.store.versions", "alembic.command"]


def context() -> ForkServerContext:
    """How the processes are started."""
    found = multiprocessing.get_context("forkserver")
    found.set_forkserver_preload(PRELOAD)
    return found


def open_and_add(url: str, number: int, gate: Barrier) -> None:
    """Opens the store when all others are ready to, and adds a setting of a learner with this number."""
    gate.wait()
    with open_store(url) as store:
        store.add(Setting("a", "b", learner=str(number)))


def attempt(item: Item, number: int) -> Attempt:
    """A numbered attempt at the item."""
    return Attempt(item.id, "a", "formula", f"answer {number} " + "x" * (number * 37 % 5000), "wrong", 0.0, 1.0)


def write(url: str, most: int, told: Connection) -> None:
    """Appends an item and numbered attempts, each in a step of its own, and tells each id when it is kept."""
    with open_store(url) as store:
        item = Item("layers.dense", "v", 1, "", "practice")
        store.add(item)
        for number in range(most):
            made = attempt(item, number)
            store.add(made)
            told.send(made.id)
    told.close()
