"""A family: one question with values to draw, read from its file."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from grader.formula.reading import Line
from grader.formula.symbols import Scope
from questions import draws
from questions.build_key import Built, Memo, Refused, Site, build
from questions.clashes import refuse_clashes
from questions.conditions import holds
from questions.context import Context, make_context, with_let
from questions.document import Document, Path
from questions.draws import Drawn
from questions.faults import FaultError
from questions.named_numbers import named_numbers
from questions.pictured import drawing, picture_of
from questions.prose import Template, joined
from questions.schema import FamilySpec, OracleSpec, PartSpec, own_oracles
from questions.schema_code import Code
from questions.strict_yaml import load
from questions.texts import parts_of, templates_of
from questions.validation import validated
from questions.variant import Part, Variant

if TYPE_CHECKING:
    from solutions.drawings import Drawing

MAX_TRIES = 500


@dataclass(frozen=True)
class Family:
    """One question. version: a hash of its file, so that a changed question is known as changed."""

    id: str
    topic: str
    title: str
    course: tuple[str, ...]
    level: int
    source: str
    version: str
    file: str
    spec: FamilySpec = field(repr=False)
    document: Document = field(repr=False)
    templates: Mapping[Path, Template] = field(repr=False)
    memo: Memo = field(default_factory=dict, repr=False, compare=False)  # see `Site`; nothing else is kept

    def draw(self, seed: int) -> Variant:
        """The variant of that seed: the same on every machine.

        Raises `FaultError` where the file asks for what cannot be drawn.
        """
        return self.trace(seed)[0]

    def trace(self, seed: int) -> tuple[Variant, Context]:
        """The variant, and what its names mean: for checks."""
        rng = random.Random(f"{self.id}:{seed}")
        for _ in range(MAX_TRIES):
            try:
                context = self.context(draws_of(self, rng))
                return self._variant(context, seed), context
            except Refused:
                continue
        raise FaultError([self.document.fault(_conditions(self), _refusals(self))])

    def parts(self) -> Iterator[tuple[PartSpec, Path]]:
        """The parts with their places in the file."""
        return parts_of(self.spec)

    def context(self, drawn: Drawn) -> Context:
        """What names mean for these values. Raises `Refused` where `where` excludes them."""
        spec = self.spec
        codes = (part.answer.code for part, _ in self.parts())
        spoken = {name: symbol for code in codes if code for name, symbol in code.every.items()}
        context = make_context(self.document, drawn, spec.symbols, spec.indices, spoken, self.templates)
        for name, conditions in self._due.items():
            context = with_let(context, name, spec.let[name]) if name else context
            if not all(holds(context, spec.where[i], ("where", i)) for i in conditions):
                raise Refused
        if drawn.network is not None:
            context = context.with_network(drawn.network, ("draw",))
        if spec.forward is not None:
            context = context.with_program(spec.forward, ("forward",))
        return context

    @cached_property
    def _due(self) -> Mapping[str, tuple[int, ...]]:
        """`let` in order, after '', each with the conditions of `where` that can be tested once it is there.

        Most draws that are refused are refused before anything costly is computed.
        """
        names = ["", *self.spec.let]
        named = [[name for name in names if name in text or "{" in text] for text in self.spec.where]
        return {name: tuple(i for i, of in enumerate(named) if of[-1] == name) for name in names}

    def site(self, context: Context, part: PartSpec, path: Path, seed: int) -> Site:
        """Where the part's key is built."""
        rng = random.Random(f"{self.id}:{seed}:{part.id}")
        named = named_numbers(template for place, template in self.templates.items() if place[-1] == "prompt")
        scope = Scope(
            constants={n: v for n, v in context.drawn.numbers.items() if n in named and n not in self.spec.let}
        )
        oracles = part.oracle or self.spec.oracle
        roads = tuple(
            oracle.autograd
            for oracle in (*oracles, *own_oracles(part, context.drawn.spelled))
            if oracle.autograd is not None
        )
        return Site(self.id, self.version, seed, part, path, context, rng, self.memo, scope, roads)

    def _variant(self, context: Context, seed: int) -> Variant:
        parts = tuple(self._part(context, part, path, seed) for part, path in self.parts())
        steps = context.steps(self.spec.steps, ("steps",)) if self.spec.steps and self.spec.parts else ()
        hints = tuple(context.prose(("hints", i)) for i in range(len(self.spec.hints))) if self.spec.parts else ()
        return Variant(
            family=self.id,
            version=self.version,
            seed=seed,
            values=values(context.drawn),
            title=self.title,
            level=self.level,
            source=self.source,
            parts=parts,
            hints=hints + tuple(hint for part in parts for hint in part.hints),
            steps=steps + tuple(step for part in parts for step in part.steps),
            draw_worked=self._worked_picture(context),
        )

    def _worked_picture(self, context: Context) -> Callable[[], Drawing] | None:
        name = self.spec.worked_picture
        return None if name is None else lambda: drawing(name, ("worked_picture",), context)

    def _part(self, context: Context, spec: PartSpec, path: Path, seed: int) -> Part:
        built = build(self.site(context, spec, path, seed))
        _refuse_dull(spec, built, self.spec.distinct)
        prompt = context.prose((*path, "prompt"))
        if path == ("parts", 0) and self.spec.prompt is not None:
            prompt = joined(context.prose(("prompt",)), prompt)
        code = spec.answer.code
        steps = context.steps(spec.steps, (*path, "steps")) if spec.steps else _worked(built)
        return Part(
            id=spec.id,
            prompt=prompt,
            marks=spec.marks,
            kind="formula" if spec.answer.gradient else spec.answer.kind,
            make=built.make,
            packages=code.allow if code else "",
            entry=code.entry if code else "",
            derived=built.derived,
            picture=picture_of(self.spec, spec, path, context),
            starter=(code.starter or "") if code else "",
            choices=built.choices,
            hints=tuple(context.prose((*path, "hints", i)) for i in range(len(spec.hints))),
            steps=steps,
            active=built.active,
            after=spec.after or "",
            also=tuple(a.answer for a in self.spec.also if a.part == spec.id and a.seed in (None, seed)),
            model=_model(code, spec.oracle or self.spec.oracle) if code else "",
        )


def read_family(text: str, file: str, *, topic: str, name: str) -> Family:
    """The family in a file's text. Raises `FaultError` with everything that is wrong in its form."""
    document = load(text, file)
    spec = validated(FamilySpec, document)
    refuse_clashes(spec, document)
    return Family(
        id=f"{topic}.{name}",
        topic=topic,
        title=spec.title,
        course=spec.course,
        level=spec.level,
        source=spec.source,
        version=hashlib.sha256(text.encode()).hexdigest()[:12],
        file=file,
        spec=spec,
        document=document,
        templates=dict(templates_of(spec, document)),
    )


def draws_of(family: Family, rng: random.Random, forced: Mapping[str, draws.Plain] | None = None) -> Drawn:
    """One try at the family's values; those that are forced stand in the place of chosen ones."""
    try:
        return draws.draw(family.spec.draw, rng, forced)
    except ValueError as error:
        raise FaultError([family.document.fault(("draw",), str(error))]) from None


def values(drawn: Drawn) -> dict[str, Any]:
    """The drawn values by name, numbers exact."""
    return {name: drawn.numbers.get(name, text) for name, text in drawn.spelled.items()}


def _refuse_dull(spec: PartSpec, built: Built, distinct: int) -> None:
    if len(built.active) < min(distinct, len(spec.mistakes)):
        raise Refused


def _conditions(family: Family) -> Path:
    return ("where",) if family.spec.where else ("draw",)


def _refusals(family: Family) -> str:
    reason = "`where` holds" if family.spec.where else "the draw can be asked"
    return f"{MAX_TRIES} draws in a row were refused; widen them so that {reason} and a mistake differs from the key"


def _worked(built: Built) -> tuple[Line, ...]:
    """The worked steps of what was derived from the forward program."""
    if built.derived is None:
        return ()
    from solutions.worked import worked_lines

    return worked_lines(built.derived.program, built.derived.of, built.derived.wanted)


def _model(code: Code, oracles: Sequence[OracleSpec]) -> str:
    from questions.models import model_answer

    consistency = code.checks.consistency if code.checks else None
    near = [oracle.function.partition(".")[0] for oracle in oracles if oracle.function]
    return model_answer(code.entry, *([consistency.forward] if consistency else []), near=near)
