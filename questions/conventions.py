"""What texts do differently: the table of conventions, and the keys that an answer in another convention has."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path as File
from typing import TYPE_CHECKING, Annotated

from pydantic import Field, model_validator

from grader.formula.reading import Formula
from grader.formula.substitute import substituted
from grader.keys import Mistake
from questions.document import Path
from questions.faults import FaultError, suggestion
from questions.fields import Fields, Text, fault
from questions.schema_conventions import ConventionSpec
from questions.strict_yaml import load
from questions.validation import validated

if TYPE_CHECKING:
    from questions.context import Context

FILE = "conventions.yaml"


class Rewrite(Fields):
    """How a key changes from one choice to another: as a whole, or in one symbol."""

    source: Annotated[Text, Field(alias="from")]
    to: Text
    key: Text | None = None
    put: Text | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Rewrite:
        if (self.key is None) == (self.put is None):
            raise fault("expected exactly one of key and put")
        return self


class Convention(Fields):
    """One thing that texts do differently. choices: name and words of each way."""

    choices: Annotated[Mapping[str, Text], Field(min_length=2)]
    rewrites: tuple[Rewrite, ...] = ()


class _Table(Fields):
    conventions: Mapping[str, Convention]


@functools.cache
def conventions() -> Mapping[str, Convention]:
    """The table that comes with this package."""
    text = (File(__file__).parent / FILE).read_text(encoding="utf-8")
    return validated(_Table, load(text, FILE)).conventions


def check_convention(context: Context, spec: ConventionSpec, path: Path) -> None:
    """Refuses names that the table does not have, and rewrites that want something to be named in `over`."""
    known = conventions().get(spec.of)
    if known is None:
        told = f"no convention is called {spec.of!r}.{suggestion(spec.of, list(conventions()))}"
        raise FaultError([context.document.fault((*path, "of"), told)])
    for name, where in ((spec.here, (*path, "here")), *((n, (*path, "otherwise", n)) for n in spec.otherwise)):
        if name not in known.choices:
            told = f"{name!r} is no choice of {spec.of!r}; its choices are {', '.join(known.choices)}"
            raise FaultError([context.document.fault(where, told)])
    needs = [r.key or r.put or "" for r in known.rewrites if r.source == spec.here]
    if spec.over is None and any("{over}" in text for text in (*needs, *known.choices.values())):
        raise FaultError([context.document.fault(path, f"{spec.of!r} wants `over`: a dimension or a symbol")])


def alternatives(
    context: Context, specs: tuple[ConventionSpec, ...], path: Path, key: Formula, text: str
) -> tuple[Mistake[Formula], ...]:
    """The key in every other convention that is known, with the sentence that tells so. text: the key as written.

    path: where the conventions stand in the file.
    """
    return tuple(
        Mistake(f"{spec.of}-{name}", formula, _says(spec, name))
        for i, spec in enumerate(specs)
        for name, formula in _others(context, spec, (*path, i), key, text)
    )


def _others(
    context: Context, spec: ConventionSpec, path: Path, key: Formula, text: str
) -> Iterator[tuple[str, Formula]]:
    grafts = {"key": text, "over": spec.over or "0"}
    for rewrite in conventions()[spec.of].rewrites:
        if rewrite.source != spec.here or rewrite.to in spec.otherwise:
            continue
        if rewrite.key is not None:
            yield rewrite.to, context.formula(rewrite.key, path, grafts)
        elif rewrite.put is not None and spec.over is not None:
            yield rewrite.to, _put(key, spec.over, context.formula(rewrite.put, path, grafts))
    for name, own in spec.otherwise.items():
        yield name, context.formula(own, (*path, "otherwise", name), grafts)


def _put(key: Formula, name: str, other: Formula) -> Formula:
    """The key with a symbol replaced, in the lines of the forward program that it names as well."""
    by = {name: other.tree}
    lines = {line: replace(f, tree=substituted(f.tree, by)) for line, f in key.scope.definitions.items()}
    return Formula(substituted(key.tree, by), replace(key.scope, definitions=lines))


def _says(spec: ConventionSpec, name: str) -> str:
    choices, over = conventions()[spec.of].choices, spec.over or ""
    here, there = (choices[choice].replace("{over}", over) for choice in (spec.here, name))
    return f"Right for {there}; this question asks for {here}."
