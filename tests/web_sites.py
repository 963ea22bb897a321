"""Sites for tests: a store of their own, the shipped bank, answers judged in the thread that asks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from chainrule.classes import sessions
from chainrule.classes.accounts import add_account
from chainrule.classes.passwords import Passwords
from chainrule.classes.records import Account, Classroom, Membership, Role
from chainrule.classes.rows import put
from chainrule.grading import Grader
from chainrule.store.opening import open_store
from chainrule.web.app import create_app
from chainrule.web.inline import InlineJudging
from chainrule.web.signing_in import HELD
from chainrule.web.site import Site
from chainrule.web.variants import Variants
from questions.bank import Bank, load_bank

QUICK = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))  # for tests: no defence at all
PASSWORD = "seven pale lanterns"  # of every account of `School`
SHIPPED = load_bank()
SECRET = b"a secret for tests alone, 32 long"


@cache
def _empty_store() -> bytes:
    """The file of a store with nothing in it: copying it takes less than making its tables."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "empty.db"
        open_store(str(path)).close()
        return path.read_bytes()


@contextmanager
def new_site(folder: Path, grader: Grader, bank: Bank, *, classes: bool = False) -> Iterator[Site]:
    """A site on a new store in that folder."""
    path = folder / "site.db"
    if not path.exists():
        path.write_bytes(_empty_store())
    with open_store(str(path)) as store:
        judging = InlineJudging(store, bank, grader)
        yield Site(store, bank, Variants(bank), judging, SECRET, classes=classes, passwords=QUICK)


def csrf(page: str) -> str:
    """The token that the forms of a page carry."""
    return page.partition('name="csrf_token" value="')[2].partition('"')[0]


def send(client: FlaskClient, address: str, *, page: str = "", **fields: str) -> TestResponse:
    """The answer to a form that is sent there, with the token of the page; '' for the same address."""
    return client.post(address, data={"csrf_token": csrf(client.get(page or address).text), **fields})


@dataclass(frozen=True)
class School:
    """A site with one class, its instructor and two students."""

    site: Site
    app: Flask
    classroom: Classroom
    instructor: Account
    student: Account
    other: Account


def new_school(site: Site) -> School:
    """The school on a site for classes, with nothing in its store."""
    instructor = add_member(site, None, "ivy", "instructor")
    classroom = Classroom("Deep Learning", "Europe/Berlin", instructor.id)
    put(site.store, classroom, Membership(classroom.id, instructor.id, "instructor"))
    student, other = (add_member(site, classroom, login) for login in ("sam", "tom"))
    return School(site, create_app(site), classroom, instructor, student, other)


def add_member(site: Site, classroom: Classroom | None, login: str, role: Role = "student") -> Account:
    """A new account, in that class if there is one."""
    account = add_account(site.store, site.passwords, login, login.title(), PASSWORD, role)
    if classroom is not None:
        put(site.store, Membership(classroom.id, account.id, role))
    return account


def log_in(school: School, account: Account) -> FlaskClient:
    """A client with a session of that account."""
    client = school.app.test_client()
    with client.session_transaction() as session:
        session[HELD] = sessions.begin(school.site.store, account.id, school.site.clock())
    return client
