"""The topics: chapters of the course in their order, with the course-map prefixes that belong to each."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import Field

from questions.fields import Fields, Text
from questions.strict_yaml import load
from questions.validation import validated

FILE = "topics.yaml"


class Topic(Fields):
    """One chapter. prefixes: first words of the course-map ids that it covers."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")]
    title: Text
    prefixes: tuple[Text, ...] = ()


class _Topics(Fields):
    topics: tuple[Topic, ...]


def read_topics(file: Path) -> tuple[Topic, ...]:
    """The topics of a file, in its order. Raises `FaultError`."""
    text = file.read_text(encoding="utf-8")
    document = load(text, file.name)
    if isinstance(document.data, list):
        document = load("topics:\n" + text, file.name)
    return validated(_Topics, document).topics


def shipped_topics() -> tuple[Topic, ...]:
    """The topics that come with this package."""
    return read_topics(Path(__file__).parent / FILE)


def topic_of(course_id: str, topics: tuple[Topic, ...]) -> Topic | None:
    """The topic that an id of the course map belongs to, None where no prefix fits."""
    prefix = course_id.partition(".")[0]
    return next((topic for topic in topics if prefix in topic.prefixes), None)
