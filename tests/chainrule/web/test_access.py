"""Who may call what: every address of the server, by everybody whom a class knows, and by nobody.

Where an address names nothing of anybody's, what the view declares is all. Where it names what belongs to somebody,
`NAMED` says to whom; an address that it does not know fails the test.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select
from web_world import World, client_of, kept_world, token_header
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from chainrule.classes.records import Account
from chainrule.grading import Grader
from chainrule.store.class_tables import AUDITS, SESSIONS
from chainrule.store.table_parts import METADATA
from chainrule.web.people import declared_access

LEARNERS = ("student", "other student", "student elsewhere")
INSTRUCTORS = ("instructor", "instructor elsewhere")
REFUSED = {401, 403}

# What addresses name: beginning -> (whose it is, argument -> what it stands for in the world).
# `nobody`: it is a secret of its own, or the same for all. `student`: of one student. `instructor`: of a class.
NAMED: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "/account/sessions/": ("student", {"id": "session"}),
    "/account/tokens/": ("student", {"id": "token"}),
    "/answers/": ("student", {"id": "answer"}),
    "/api/v1/assignments/": ("student", {"assignment": "assignment"}),
    "/api/v1/answers/": ("student", {"answer": "answer"}),
    "/api/v1/classes/": ("instructor", {"id": "room", "assignment": "assignment"}),
    "/api/v1/exams/": ("student", {"form": "exam", "number": "number", "part": "part"}),
    "/api/v1/families/": ("nobody", {}),
    "/api/v1/items/": ("student", {"item": "item", "part": "part"}),
    "/appeals/": ("instructor", {"id": "appeal"}),
    "/assignments/": ("student", {"id": "assignment"}),
    "/classes/": (
        "instructor",
        {"id": "room", "assignment": "assignment", "account": "student", "invitation": "invitation"},
    ),
    "/exams/": ("student", {"form": "exam", "number": "number", "part": "part"}),
    "/items/": ("student", {"id": "item", "part": "part"}),
    "/join/": ("nobody", {}),
    "/preview/": ("nobody", {}),
    "/reset/": ("nobody", {}),
    "/setup/": ("nobody", {}),
    "/sheets/": ("nobody", {}),
    "/static/": ("nobody", {}),
    "/topics/": ("nobody", {}),
    "/try/": ("nobody", {}),
}
# Where somebody beside the owner may come in: the other students of a class sit its assignments, too.
ALSO = {
    (f"{beginning}/begin", "other student") for beginning in ("/assignments/<id>", "/api/v1/assignments/<assignment>")
}
# What is sent along: views may look at that before they ask whose something is.
JSON = {
    "answers": {"answer": "1"},
    "reading": {"answer": "x"},
    "<part>": {"answer": "1"},
}  # by the last word of the address


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory, grader: Grader) -> Iterator[World]:
    with kept_world(tmp_path_factory.mktemp("world"), grader) as found:
        yield found


def calls(world: World) -> list[tuple[Rule, str]]:
    """Every address with each method that it takes."""
    rules = sorted(world.school.app.url_map.iter_rules(), key=str)
    return [(rule, method) for rule in rules for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})]


def named(rule: Rule) -> tuple[str, Mapping[str, str]] | None:
    """What the table says about the address."""
    beginning = max((one for one in NAMED if rule.rule.startswith(one)), key=len, default="")
    return NAMED.get(beginning)


def call(world: World, account: Account | None, rule: Rule, method: str, values: Mapping[str, str]) -> TestResponse:
    """The answer to one request with a client of its own."""
    address = rule.rule
    for argument in rule.arguments:
        before, _, after = address.partition("<")
        address = f"{before}{values.get(after.partition('>')[0].rpartition(':')[2], argument)}{after.partition('>')[2]}"
    client, headers = client_of(world.school, account), dict(token_header())
    if method == "GET":
        return client.open(address, headers=headers, buffered=True)
    if address.startswith("/api/"):
        return client.open(address, method=method, headers=headers, json=JSON.get(rule.rule.rpartition("/")[2], {}))
    return client.open(address, method=method, headers=headers, data={"account": world.ids["student"]})


def declared(world: World, rule: Rule) -> str | None:
    with world.school.app.app_context():
        return declared_access(rule.endpoint)


def to_login(answer: TestResponse) -> bool:
    return answer.status_code == 302 and answer.location.startswith("/login?next=")


def test_every_address_that_names_something_says_whose_it_is(world: World) -> None:
    strange = []
    for rule in world.school.app.url_map.iter_rules():
        if rule.arguments:
            whose, known = named(rule) or ("", {})
            if not whose or (whose != "nobody" and not rule.arguments <= set(known)):
                strange.append(rule.rule)
    assert strange == []


@pytest.mark.parametrize("who", ["unknown", *LEARNERS, *INSTRUCTORS])
def test_what_a_view_declares_is_so(world: World, who: str) -> None:
    wrong = []
    for rule, method in calls(world):
        needs = declared(world, rule)
        answer = call(world, world.people[who], rule, method, {"number": "1", "seed": "1"})
        refused = answer.status_code in REFUSED or to_login(answer)
        allowed = needs == "anyone" or (needs == "learner" and who != "unknown") or who in INSTRUCTORS
        if answer.status_code >= 500 or refused is allowed:
            wrong.append((method, rule.rule, answer.status_code))
        if refused and answer.status_code != expected_refusal(who, rule, method):
            wrong.append((method, rule.rule, answer.status_code))
    assert not wrong, "\n".join(map(str, wrong))


def expected_refusal(who: str, rule: Rule, method: str) -> int:
    """Who is known is told that it is not for them; who is not is led to the login, where a page was asked for."""
    if who != "unknown":
        return 403
    return 302 if method == "GET" and not rule.rule.startswith("/api/") else 401


def owned(world: World) -> Sequence[tuple[Rule, str, str, Mapping[str, str]]]:
    """Every call that names what belongs to somebody, whose it is, and what to put in."""
    found = []
    for rule, method in calls(world):
        whose, known = (rule.arguments and named(rule)) or ("nobody", {})
        if whose != "nobody":
            found.append((rule, method, whose, {name: world.ids[kind] for name, kind in known.items()}))
    return found


@pytest.mark.parametrize("who", [*LEARNERS, *INSTRUCTORS])
def test_nobody_gets_at_what_belongs_to_others(world: World, who: str) -> None:
    before, wrong = content(world), []
    for rule, method, whose, values in owned(world):
        if whose == who or (rule.rule, who) in ALSO:
            continue
        answer = call(world, world.people[who], rule, method, values)
        expected = 403 if declared(world, rule) == "instructor" and who in LEARNERS else 404
        if answer.status_code != expected:
            wrong.append((method, rule.rule, answer.status_code))
    assert not wrong, "\n".join(map(str, wrong))
    assert content(world) == before


def content(world: World) -> list[tuple[object, ...]]:
    """All that the store holds, but for sessions and the log of logins."""
    tables = [table for table in METADATA.sorted_tables if table not in (SESSIONS, AUDITS)]
    with world.school.site.store.reading() as connection:
        return [tuple(row) for table in tables for row in connection.execute(select(table))]


def test_what_belongs_to_somebody_is_there_for_them(tmp_path: Path, grader: Grader) -> None:
    """The other side: a page that is there for nobody would look well guarded. Each finds all as it was."""
    wrong = []
    with kept_world(tmp_path, grader) as world:
        copy_store(tmp_path / "site.db", tmp_path / "first.db")
        for rule, method, whose, values in owned(world):
            if fault := not_there(world, rule, method, whose, values):
                wrong.append(fault)
            if method != "GET":
                copy_store(tmp_path / "first.db", tmp_path / "site.db")
    assert not wrong, "\n".join(map(str, wrong))


def copy_store(source: Path, target: Path) -> None:
    """Copies a store into another one, which may be open."""
    with closing(sqlite3.connect(source)) as here, closing(sqlite3.connect(target)) as there:
        here.backup(there)


def not_there(
    world: World, rule: Rule, method: str, whose: str, values: Mapping[str, str]
) -> tuple[str, str, int] | None:
    """What is wrong with how the owner is answered."""
    status = call(world, world.people[whose], rule, method, values).status_code
    return (method, rule.rule, status) if status in REFUSED | {404} or status >= 500 else None
