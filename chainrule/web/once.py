"""What several parts of one page ask for, found out once in each request."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar, cast

from flask import g, has_request_context

Value = TypeVar("Value")


def once(name: str, of: Hashable, find: Callable[[], Value]) -> Value:
    """What `find` gives, called once in a request for this name and whatever it is `of`; elsewhere every time.

    For what does not change while a request runs.
    """
    if not has_request_context():
        return find()
    known: dict[tuple[str, Hashable], object] = g.setdefault("chainrule_once", {})
    if (name, of) not in known:
        known[name, of] = find()
    return cast(Value, known[name, of])
