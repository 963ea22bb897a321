"""The schema of `conventions`: which of several usual ways a question takes."""

from __future__ import annotations

from pydantic import Field

from questions.fields import Fields, Formula, Name, Text


class ConventionSpec(Fields):
    """A convention of the table, the choice that this question takes, and what it is about.

    over: the dimension or symbol that the table's words and rewrites name.
    otherwise: keys of other choices that the table cannot make; `{key}` stands for the question's key.
    """

    of: Text
    here: Text
    over: Name | None = None
    otherwise: dict[Text, Formula] = Field(default_factory=dict)
