"""The site: everything that pages need, made once when the server starts and given to each of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from flask import current_app

from chainrule.classes.passwords import Passwords
from chainrule.store.records import now
from chainrule.web.class_questions import ClassQuestions
from chainrule.web.kept_blueprints import KeptBlueprints
from chainrule.web.progress_kept import ProgressKept
from chainrule.web.running import RunningExams
from chainrule.web.shelf import Shelf, ShelfHere
from chainrule.web.standings import Standings

if TYPE_CHECKING:
    from chainrule.store.store import Store
    from chainrule.web.judging import Judging
    from chainrule.web.variants import Variants
    from questions.bank import Bank


@dataclass(frozen=True)
class Limits:
    """What one person may ask of the server. answer: letters of one answer; waiting: answers not judged yet.

    The others are rates as the package `limits` writes them. login, address: failed attempts to log in with one login,
    and from one address, behind which there may be a whole class; strangers: requests of one address without a person;
    judged: answers in practice; kept: answers of any kind, also those that a page saves by itself, long ones several
    times.
    """

    answer: int = 200_000
    waiting: int = 10
    login: str = "10/minute;60/hour"
    address: str = "100/minute;1000/hour"
    judged: str = "60/minute"
    kept: str = "300/minute;3000/hour"
    pages: str = "600/minute"
    strangers: str = "3000/minute"


@dataclass(frozen=True)
class Site:
    """classes: with accounts, for a whole class; otherwise for the one person at this machine.

    private: families for assignments only, which nobody can practise. secret: signs cookies. secure: behind TLS.
    hosts: the names by which browsers may call the server. folders: of the banks beside the shipped one.
    """

    store: Store
    bank: Bank
    variants: Variants
    judging: Judging
    secret: bytes
    classes: bool = False
    private: frozenset[str] = frozenset()
    folders: tuple[Path, ...] = ()
    secure: bool = False
    hosts: tuple[str, ...] = ("127.0.0.1", "localhost", "[::1]")
    limits: Limits = field(default_factory=Limits)
    clock: Callable[[], datetime] = now
    exams: RunningExams = field(default_factory=RunningExams)
    questions: ClassQuestions = field(default_factory=ClassQuestions)
    blueprints: KeptBlueprints = field(default_factory=KeptBlueprints)
    standings: Standings = field(default_factory=Standings)
    progress: ProgressKept = field(default_factory=ProgressKept)
    sheets: Shelf = field(default_factory=ShelfHere)
    passwords: Passwords = field(default_factory=Passwords)


def site() -> Site:
    """The site that the running request belongs to."""
    found = current_app.extensions["chainrule"]
    assert isinstance(found, Site)
    return found
