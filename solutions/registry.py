"""References by name: `layers.softmax_backward` is the function of that name in solutions/layers.py."""

from __future__ import annotations

import difflib
import importlib
import inspect
import pkgutil
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from grader.errors import AuthorError

# Machinery beside the topics: nothing in these modules answers a question.
_MACHINERY = frozenset({"arrays", "autograd", "cache", "drawings", "registry", "trained", "training", "wrong_lines"})


@cache
def topics() -> tuple[str, ...]:
    """Names of the modules that hold references, sorted; nothing is imported."""
    folder = str(Path(__file__).parent)
    return tuple(sorted(m.name for m in pkgutil.iter_modules([folder]) if m.name not in _MACHINERY))


def find(name: str) -> Callable[..., Any]:
    """The public function that `topic.function` names; its module is imported on demand.

    Raises AuthorError, with the nearest names, where there is no such function.
    """
    topic, dot, function = name.partition(".")
    if not dot or topic not in topics():
        near = _nearest(topic, topics())
        raise AuthorError(f"no reference {name!r}: expected topic.function with a topic of solutions/{near}")
    functions = _public(topic)
    if function not in functions:
        near = _nearest(function, sorted(functions))
        raise AuthorError(f"no reference {name!r}: solutions/{topic}.py has no function {function!r}{near}")
    return functions[function]


@cache
def _public(topic: str) -> Mapping[str, Callable[..., Any]]:
    """The module's own functions; what it imports and what starts with an underscore is left out."""
    try:
        module = importlib.import_module(f"solutions.{topic}")
    except SyntaxError as error:
        place = Path(error.filename or topic).name
        raise AuthorError(f"solutions/{place}, line {error.lineno}, is not Python: {error.msg}") from error
    members = inspect.getmembers(module, inspect.isfunction)
    return {n: f for n, f in members if f.__module__ == module.__name__ and not n.startswith("_")}


def _nearest(word: str, candidates: Sequence[str]) -> str:
    close = difflib.get_close_matches(word, candidates, n=3, cutoff=0.5)
    if close:
        return f"; did you mean {' or '.join(close)}?"
    return f"; there are {', '.join(candidates)}"
