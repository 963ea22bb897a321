"""Which recurrent architecture fits a task."""

from __future__ import annotations


def fitting(reads: int, writes: int, aligned: int, ahead: int) -> str:
    """Name of the architecture for a task's features.

    reads: its input is a sequence; writes: its output is one; aligned: with one output for each input step;
    ahead: the whole input is there before the first output is wanted.
    """
    if not int(reads):
        return "one-to-many"
    if not int(writes):
        return "many-to-one"
    if not int(aligned):
        return "encoder-decoder"
    return "both-ways" if int(ahead) else "left-to-right"


def by_table(told: str) -> str:
    """The same from words that the tasks of each architecture are told with."""
    words = {
        "one-to-many": ("photograph", "line of music", "sketch"),
        "many-to-one": ("review", "language of", "kind of movement", "price"),
        "encoder-decoder": ("translate", "answer a", "headline", "written sum"),
        "both-ways": ("part of speech", "finished recording with", "belongs to a name"),
        "left-to-right": ("when it arrives", "being typed", "as they come in"),
    }
    (found,) = [name for name, signs in words.items() if any(sign in told for sign in signs)]
    return found
