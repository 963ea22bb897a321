"""Opening a store: which one is meant, and its tables made ready."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from chainrule.store.errors import StoreError

if TYPE_CHECKING:
    from sqlalchemy import URL, Engine

    from chainrule.store.store import Store

VARIABLE = "CHAINRULE_STORE"
POSTGRES = {"postgresql", "postgres", "postgresql+psycopg"}
FORMS = "a path, sqlite:///PATH or postgresql://USER:PASSWORD@HOST/DATABASE"


def open_store(url: str | None = None) -> Store:
    """The store at a path or URL, to be used in a `with`; a new one is made, an older one brought up to date.

    None: what CHAINRULE_STORE in the environment names, or `store.db` in the user's data folder.
    Raises StoreError, a sentence with the remedy, where it cannot be used.
    """
    from chainrule.store.store import Store

    engine, name = _engine(place(url))
    try:
        _bring_up_to_date(engine, name)
    except BaseException:
        engine.dispose()
        raise
    return Store(engine, name)


def default_path() -> Path:
    """The file of a store that one person uses."""
    import platformdirs

    return Path(platformdirs.user_data_dir("chainrule")) / "store.db"


def place(url: str | None = None) -> Path | URL:
    """Where the store of `open_store` lies: a SQLite file, or the URL of a PostgreSQL database. Raises StoreError."""
    text = url or os.environ.get(VARIABLE) or str(default_path())
    if "://" not in text:
        return _path(text)
    parsed = _parsed(text)
    if parsed.drivername == "sqlite":
        if parsed.database in (None, "", ":memory:"):
            raise StoreError("a store needs a file: sqlite:///PATH")
        return _path(str(parsed.database))
    if parsed.drivername in POSTGRES:
        return parsed
    raise StoreError(f"a store's URL: came {parsed.drivername}://, expected {FORMS}")


def _engine(found: Path | URL) -> tuple[Engine, str]:
    """The engine for a place, and the store's name in messages."""
    from chainrule.store.engines import postgres_engine, sqlite_engine

    if isinstance(found, Path):
        return sqlite_engine(found), str(found)
    return postgres_engine(found), shown(found)


def _path(text: str) -> Path:
    return Path(text).expanduser().absolute()


def _parsed(text: str) -> URL:
    """The URL; what cannot be read as one is not repeated, since it may hold a password."""
    from sqlalchemy import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        return make_url(text)
    except (ArgumentError, ValueError):
        scheme = text.partition("://")[0]
        raise StoreError(f"a store's URL, {scheme}://..., cannot be read; expected {FORMS}") from None


def shown(url: URL) -> str:
    """The URL without password and options."""
    from sqlalchemy import URL

    return URL.create("postgresql", url.username, None, url.host, url.port, url.database).render_as_string()


def _bring_up_to_date(engine: Engine, name: str) -> None:
    from sqlalchemy.exc import DBAPIError

    from chainrule.store.errors import explained
    from chainrule.store.versions import bring_up_to_date

    try:
        bring_up_to_date(engine, name)
    except DBAPIError as error:
        raise explained(error, name) from None
