"""The table of prerequisites names what the course has, and never something that comes later."""

from __future__ import annotations

from questions.course import shipped_course
from questions.prerequisites import shipped_prerequisites
from questions.topics import shipped_topics, topic_of

TOPICS = [topic.id for topic in shipped_topics()]
ITEMS = [item.id for item in shipped_course()]


def place(name: str) -> int:
    """The place of a topic, or of an item's topic, in the course."""
    topic = topic_of(name, shipped_topics())
    return TOPICS.index(topic.id if "." in name and topic else name)


def test_every_name_is_a_topic_or_an_item_of_the_course() -> None:
    names = {name for thing, needs in shipped_prerequisites().items() for name in (thing, *needs)}
    assert names - {*TOPICS, *ITEMS} == set()


def test_what_is_needed_is_of_the_same_topic_or_of_one_before() -> None:
    late = [
        (thing, name)
        for thing, needs in shipped_prerequisites().items()
        for name in needs
        if place(name) > place(thing)
    ]
    assert late == []


def test_nothing_needs_itself_by_any_way() -> None:
    table = shipped_prerequisites()

    def below(thing: str, way: tuple[str, ...]) -> None:
        assert thing not in way, " needs ".join((*way, thing))
        for name in table.get(thing, ()):
            below(name, (*way, thing))

    for thing in table:
        below(thing, ())


def test_every_topic_but_the_first_needs_another() -> None:
    assert [topic for topic in TOPICS if topic not in shipped_prerequisites()] == [TOPICS[0]]
