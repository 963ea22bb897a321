"""The schema of an assignment's file: what a class is to answer, until when, and for how many marks."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from questions.faults import shown
from questions.fields import Fields, Real, Text, fault, plain

Marks = Annotated[Real, Field(gt=0, le=1000)]


def _time(value: Any) -> datetime:
    """A time with its zone: `2027-01-18 23:59+01:00`."""
    wanted = "a day and time with the zone's offset, as in 2027-01-18T23:59+01:00"
    if not isinstance(value, str):
        raise fault(f"came {shown(value)}, expected {wanted}")
    try:
        found = datetime.fromisoformat(value.strip())
    except ValueError:
        raise fault(f"came {shown(value)}, expected {wanted}") from None
    if found.tzinfo is None:
        raise fault(f"came {shown(value)} without a zone, expected {wanted}")
    return found


class Late(Fields):
    """What is taken off for each day that was begun after the due time; after `days` of them nothing counts."""

    percent: Annotated[Real, Field(ge=0, le=100)]
    days: Annotated[int, Field(strict=True, ge=0, le=365)]


class AssignmentFile(Fields):
    """An assignment. id: the file's stem by default; together with the secret it decides each student's numbers.

    questions: `family@seed`, the same for all. blueprint: the same questions for all with numbers of each student's
    own, by the secret in `secret_file`, in hex. marks: by question, of all its parts together or of each by its id.
    """

    assignment: Literal[1]
    title: Text
    id: Annotated[str, Field(pattern=r"\S", max_length=200)] = ""
    questions: Annotated[tuple[Text, ...], Field(max_length=200)] = ()
    blueprint: Text | None = None
    secret_file: Text | None = None
    due: Annotated[datetime, plain(_time, str)] | None = None
    late: Late | None = None
    marks: dict[Text, Marks | dict[Text, Marks]] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _whole(self) -> AssignmentFile:
        if (self.blueprint is None) == (not self.questions):
            raise fault("expected either `questions`, the same for all, or `blueprint` with `secret_file`")
        if self.blueprint is not None and self.secret_file is None:
            raise fault("a blueprint wants `secret_file`, from which each student's numbers are drawn")
        if self.blueprint is None and self.secret_file is not None:
            raise fault("`questions` name their seeds, so no secret is used; delete `secret_file`", "secret_file")
        if self.late is not None and self.due is None:
            raise fault("`late` wants `due`, from which lateness is counted", "late")
        return self
