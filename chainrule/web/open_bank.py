"""What may be practised: the bank without the families that are kept for assignments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from questions.bank import Bank

if TYPE_CHECKING:
    from chainrule.web.site import Site


def open_bank(site: Site) -> Bank:
    """The bank without private families."""
    return without(site.bank, site.private)


def without(bank: Bank, private: frozenset[str]) -> Bank:
    """The bank without these families."""
    if not private:
        return bank
    families = {id: family for id, family in bank.families.items() if id not in private}
    return Bank(families, bank.faults, bank.known_topics)
