"""Who asks, and what each page lets whom do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias, TypeVar

from flask import current_app, g, request
from werkzeug.exceptions import NotFound

from chainrule.store.records import ME

Access: TypeAlias = Literal["anyone", "learner", "instructor"]
View = TypeVar("View", bound=Callable[..., Any])
ACCESS = "chainrule_access"


@dataclass(frozen=True)
class Person:
    """A person who is known. id: the learner of their records. role: `owner` where one person uses the server."""

    id: str
    shown: str
    role: Literal["owner", "student", "instructor"]


OWNER = Person(ME, "You", "owner")


def access(who: Access) -> Callable[[View], View]:
    """Says who may call a view: anyone; a learner, which is everybody who is known; or an instructor.

    It stands right above the function, below `@pages.route`. A view without it is refused to all.
    """

    def declared(view: View) -> View:
        setattr(view, ACCESS, who)
        return view

    return declared


def declared_access(endpoint: str | None) -> Access | None:
    """Who may call the endpoint; None where it does not say."""
    view = current_app.view_functions.get(endpoint or "")
    found: Access | None = getattr(view, ACCESS, None)
    return found


def person() -> Person:
    """Who asks. Only for views that nobody unknown can call."""
    found = g.get("person")
    if not isinstance(found, Person):
        raise RuntimeError(f"{request.endpoint} asks who is there, but lets anyone in")
    return found


def visitor() -> Person | None:
    """Who asks; None for somebody unknown."""
    found: Person | None = g.get("person")
    return found


def not_yours() -> NotFound:
    """The error for what is not there or is somebody else's: the same for both, so that it tells nothing."""
    return NotFound("There is nothing here, or it is not yours.")
