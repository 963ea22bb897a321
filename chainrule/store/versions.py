"""The version of a store's tables: read when it is opened, and brought up to this program's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import inspect, text

from chainrule.store.class_tables import CLASS_TABLES
from chainrule.store.engines import WRITES
from chainrule.store.errors import OTHERWISE, StoreError
from chainrule.store.tables import TABLES

if TYPE_CHECKING:
    from alembic.config import Config
    from sqlalchemy import Connection, Engine

NEWEST = "0003"  # the last of migrations/versions; stands here so that opening imports no Alembic
TABLE = "chainrule_version"
LOCK = 0x636861696E72756C  # of PostgreSQL's advisory locks: "chainrul"


def bring_up_to_date(engine: Engine, name: str) -> None:
    """Makes the tables of a new store, or changes those of an older one; one process at a time, all or nothing.

    Raises StoreError where the store is newer than this program or the database is another program's.
    """
    with engine.connect() as connection:
        if version(connection) == NEWEST:
            return
    with engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
        if connection.dialect.name == "postgresql":  # SQLite's BEGIN IMMEDIATE has locked already
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
        found = version(connection)
        if found != NEWEST:  # another process may have done it meanwhile
            _check(connection, found, name)
            _upgrade(connection)


def version(connection: Connection) -> str | None:
    """The version of the tables; None where there are none of ours."""
    if not inspect(connection).has_table(TABLE):
        return None
    found = connection.execute(text(f"SELECT version_num FROM {TABLE}")).scalar()
    return None if found is None else str(found)


def _check(connection: Connection, found: str | None, name: str) -> None:
    """Raises StoreError where these tables must not be touched."""
    if found is not None and found not in known_versions():
        raise StoreError(
            f"{name}: made by a newer Chainrule (its tables are version {found}, this one knows {NEWEST} at most); "
            f"update Chainrule, or {OTHERWISE}"
        )
    if found is None:
        others = set(inspect(connection).get_table_names())
        if connection.dialect.name == "postgresql":  # a database may be shared as long as no name is used twice
            others &= {table.name for table in (*TABLES.values(), *CLASS_TABLES.values())}
        if others:
            raise StoreError(
                f"{name}: belongs to another program (table {min(others)}); "
                "give Chainrule a database of its own with --store or CHAINRULE_STORE"
            )


def config(connection: Connection | None = None) -> Config:
    """Alembic's settings for the versions in this package, to be run on the connection."""
    from alembic.config import Config

    from chainrule.store import migrations

    found = Config()
    found.set_main_option("script_location", migrations.__path__[0].replace("%", "%%"))
    found.attributes["connection"] = connection
    return found


def known_versions() -> set[str]:
    """The versions that this program can bring up to date."""
    from alembic.script import ScriptDirectory

    return {script.revision for script in ScriptDirectory.from_config(config()).walk_revisions()}


def _upgrade(connection: Connection) -> None:
    from alembic import command

    command.upgrade(config(connection), "head")
