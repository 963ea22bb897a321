"""Sites for tests: a store of their own, the shipped bank, answers judged in the thread that asks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from chainrule.grading import Grader
from chainrule.store.opening import open_store
from chainrule.web.inline import InlineJudging
from chainrule.web.site import Site
from chainrule.web.variants import Variants
from questions.bank import Bank, load_bank

SHIPPED = load_bank()
SECRET = b"a secret for tests alone, 32 long"


@contextmanager
def new_site(folder: Path, grader: Grader, bank: Bank, *, classes: bool = False) -> Iterator[Site]:
    """A site on a new store in that folder."""
    with open_store(str(folder / "site.db")) as store:
        yield Site(store, bank, Variants(bank), InlineJudging(store, bank, grader), SECRET, classes=classes)


def csrf(page: str) -> str:
    """The token that the forms of a page carry."""
    return page.partition('name="csrf_token" value="')[2].partition('"')[0]
