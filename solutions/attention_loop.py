"""The loop of explicit attention as a graph of what feeds what, unrolled over a few steps."""

from __future__ import annotations

EDGES = {
    "outputs": ("state", "outputs"),
    "choice": ("outputs", "glimpse"),
    "data": ("data", "glimpse"),
    "input": ("glimpse", "next state"),
    "memory": ("state", "next state"),
}


def consequence(cut: str) -> str:
    """What no longer holds where the arrow `cut` is left out, by following the others.

    'blind': no state depends on the data; 'unguided': no choice of a glimpse depends on what was seen before;
    'forgetful': the state depends on the latest glimpse alone, except for how that was chosen.
    """
    arrows = {name: pair for name, pair in EDGES.items() if name != cut}
    if "next state" not in _reached("data", arrows, 1):
        return "blind"
    if "glimpse" not in _reached("next state", arrows, 2):
        return "unguided"
    if not any(pair == ("state", "next state") for pair in arrows.values()):
        return "forgetful"
    return "whole"


def declared(effect: str) -> str:
    """The effect that the author gives to the arrow."""
    return effect


def _reached(start: str, arrows: dict[str, tuple[str, str]], steps: int) -> set[str]:
    """What `start` acts on within so many steps; a next state is the state of the step after."""
    found, front = set(), {start}
    for _ in range(steps):
        while fresh := {end for begin, end in arrows.values() if begin in front} - front:
            front |= fresh
        found |= front - {start}
        front = {"state"} if "next state" in front else set()
    return found
