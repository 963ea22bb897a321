"""Where the prose and the formulas of a family stand in its file."""

from __future__ import annotations

from collections.abc import Iterator

from questions.context import parsed
from questions.document import Document, Path
from questions.prose import Template
from questions.schema import FamilySpec, PartSpec
from questions.schema_answers import Answer


def parts_of(spec: FamilySpec) -> Iterator[tuple[PartSpec, Path]]:
    """The parts of a family with their places."""
    if spec.parts:
        yield from ((part, ("parts", i)) for i, part in enumerate(spec.parts))
    else:
        yield only_part(spec), ()


def only_part(spec: FamilySpec) -> PartSpec:
    """The part that a top-level prompt and answer stand for."""
    assert spec.prompt is not None and spec.answer is not None
    return PartSpec.model_construct(
        id="a",
        prompt=spec.prompt,
        answer=spec.answer,
        marks=spec.marks,
        mistakes=spec.mistakes,
        picture=spec.picture,
        hints=spec.hints,
        steps=spec.steps,
        oracle=spec.oracle,
        conventions=spec.conventions,
        after=None,
    )


def templates_of(spec: FamilySpec, document: Document) -> Iterator[tuple[Path, Template]]:
    """Every text of the file that is prose, parsed, by its place."""
    for path, text in _texts(spec):
        yield path, parsed(document, path, text)


def _texts(spec: FamilySpec) -> Iterator[tuple[Path, str]]:
    if spec.parts and spec.prompt is not None:
        yield ("prompt",), spec.prompt
    if spec.parts:
        yield from ((("hints", i), hint) for i, hint in enumerate(spec.hints))
        for i, part in enumerate(spec.parts):
            yield from _part_texts(part, ("parts", i))
    else:
        yield from _part_texts(only_part(spec), ())


def _part_texts(part: PartSpec, path: Path) -> Iterator[tuple[Path, str]]:
    yield (*path, "prompt"), part.prompt
    yield from (((*path, "hints", i), hint) for i, hint in enumerate(part.hints))
    yield from (((*path, "mistakes", i, "says"), mistake.says) for i, mistake in enumerate(part.mistakes))
    answer, inside = part.answer, (*path, "answer")
    if answer.choice is not None:
        if answer.choice.key is not None:
            yield (*inside, "choice", "key"), answer.choice.key
            yield from (((*path, "mistakes", i, "key"), str(m.key)) for i, m in enumerate(part.mistakes))
        for i, option in enumerate(answer.choice.options):
            yield (*inside, "choice", "options", i, "text"), option.text
            yield (*inside, "choice", "options", i, "says"), option.says
    for i, statement in enumerate(answer.statements.of if answer.statements else ()):
        yield (*inside, "statements", "of", i, "text"), statement.text
        yield (*inside, "statements", "of", i, "says"), statement.says
    for i, item in enumerate(answer.ordering.items if answer.ordering else ()):
        yield (*inside, "ordering", "items", i, "text"), item.text


def formulas_of(part: PartSpec, path: Path) -> Iterator[tuple[str, Path]]:
    """Every formula of a part that is read in its scope; a choice's may be prose and are left out."""
    yield from _answer_formulas(part.answer, (*path, "answer"))
    for i, mistake in enumerate(part.mistakes if part.answer.derivation is None else ()):  # those are lines
        where = (*path, "mistakes", i, "key")
        if isinstance(mistake.key, tuple):
            yield from ((text, (*where, j)) for j, text in enumerate(mistake.key))
        elif mistake.key is not None and part.answer.choice is None:
            yield mistake.key, where


def _answer_formulas(answer: Answer, path: Path) -> Iterator[tuple[str, Path]]:
    for kind in ("formula", "integer", "number"):
        if (spec := getattr(answer, kind)) is not None:
            yield spec.key, (*path, kind, "key")
    yield from ((text, (*path, "shape", i)) for i, text in enumerate(answer.shape or ()))
    for i, statement in enumerate(answer.statements.of if answer.statements else ()):
        if statement.true_if is not None:
            yield statement.true_if, (*path, "statements", "of", i, "true_if")
    for i, item in enumerate(answer.ordering.items if answer.ordering else ()):
        if item.value is not None:
            yield item.value, (*path, "ordering", "items", i, "value")
