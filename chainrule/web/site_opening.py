"""A site made ready for a server: bank, store, secret, and whoever judges."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from grader.errors import ChainruleError

if TYPE_CHECKING:
    from chainrule.store.store import Store
    from chainrule.web.exposure import Exposure
    from chainrule.web.site import Site
    from questions.bank import Bank

DEMANDED = ("landlock", "seccomp")  # layers of confinement without which strangers' code is not run


class CannotServe(ChainruleError):
    """What was asked for cannot be served; the message says the remedy."""


@dataclass(frozen=True)
class Banks:
    """open: folders of the families that everybody may practise, None for the shipped ones. private: of the others."""

    open: tuple[Path, ...] | None
    private: tuple[Path, ...] = ()

    @property
    def all(self) -> list[Path] | None:
        """All folders; None for the shipped one alone."""
        from questions.bank import shipped_folder

        if not self.private:
            return None if self.open is None else list(self.open)
        return [*(self.open or (shipped_folder(),)), *self.private]


def open_banks(banks: Banks) -> tuple[Bank, frozenset[str]]:
    """All families, and the ids of those that are private. Raises CannotServe where a private one cannot be used.

    A private family that is left out would be missed in an exam, and one that has the id of an open one be asked there.
    """
    from questions.bank import load_bank

    bank = load_bank(banks.all)
    if not banks.private:
        return bank, frozenset()
    own = load_bank(banks.private)
    if own.faults:
        raise CannotServe(f"a private bank cannot be used: {own.faults[0]}")
    if twice := sorted(own.families.keys() & load_bank(banks.open).families.keys()):
        raise CannotServe(f"{twice[0]} is in a private bank and in an open one; give it another name")
    return bank, frozenset(own.families)


def check_confinement() -> None:
    """Raises CannotServe where submitted code is not confined as strangers' code must be."""
    from chainrule.machine import confinement

    level = confinement("numpy")
    missing = [layer for layer in DEMANDED if layer not in level.split("+")]
    if missing:
        raise CannotServe(
            f"submitted code would run without {' and '.join(missing)} here (`chainrule doctor`); serve a class on "
            "Linux 5.13 or later, or, where you trust everybody who can log in, add --weak-sandbox-anyway"
        )


@contextmanager
def open_site(store: Store, banks: Banks, exposure: Exposure, *, jobs: int) -> Iterator[Site]:
    """The site. jobs: processes that judge formulas and the like; half as many judge code."""
    from chainrule.web.open_bank import without
    from chainrule.web.pool import new_judging
    from chainrule.web.secrets_file import secret_file, secret_of
    from chainrule.web.shelf import ShelfBeside
    from chainrule.web.site import Site
    from chainrule.web.variants import Variants

    bank, private = open_banks(banks)
    secret = secret_of(secret_file(store))
    variants = Variants(bank)
    with (
        closing(new_judging(store, bank, variants, quick=jobs, code=max(1, jobs // 2))) as judging,
        ShelfBeside(banks.open, list(without(bank, private).topics())) as sheets,
    ):
        yield Site(
            store,
            bank,
            variants,
            judging,
            secret,
            classes=exposure.classes,
            private=private,
            folders=tuple(banks.all or ()),
            secure=exposure.secure,
            hosts=exposure.hosts,
            sheets=sheets,
        )
