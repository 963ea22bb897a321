"""What may be practised: the bank without the families that are kept for assignments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from questions.bank import Bank

if TYPE_CHECKING:
    from chainrule.web.site import Site


def open_bank(site: Site) -> Bank:
    """The bank without private families."""
    if not site.private:
        return site.bank
    families = {id: family for id, family in site.bank.families.items() if id not in site.private}
    return Bank(families, site.bank.faults, site.bank.known_topics)
