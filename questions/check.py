"""Checks the promises that each family keeps: the one function behind `bank check` and the tests."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from grader.keys import FormulaKey
from grader.prover import Prover
from grader.sandbox import Sandbox
from grader.verdict import Evidence
from questions import draws
from questions.broken import Broken, Inspected
from questions.context import Context
from questions.coverage import misplaced
from questions.decisive import decisive
from questions.document import Path
from questions.family import Family
from questions.faults import FaultError
from questions.oracles import check_oracles
from questions.promises import check_also, check_key, check_mistakes, check_steps, check_variant
from questions.schema import OracleSpec, own_oracles
from questions.structures import check_structures
from questions.variant import Part, Variant

LEAST_SHARE = 0.1  # of the variants in which a mistake is active
SHARES_FROM = 50  # seeds; fewer say too little about shares
TIMES_ASKED = 6  # variants with the same formula as their key for which the oracle is asked
REPEATED = 20  # seeds below are drawn twice and compared
TIMES_DRAWN = 10  # expected draws of each declared value before its absence counts

Shares = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True)
class Report:
    """What a check found.

    variants: how many of the seeds' variants differ in what is shown. active: part -> mistake -> share of the seeds.
    proofs: part -> evidence of its last step.
    """

    family: str
    seeds: tuple[int, ...]
    broken: tuple[Broken, ...]
    variants: int = 0
    active: Shares = field(default_factory=dict)
    proofs: Mapping[str, Evidence] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        """True where every promise is kept."""
        return not self.broken


def check_family(
    family: Family, seeds: Sequence[int], *, sandbox: Sandbox | None = None, prover: Prover | None = None
) -> Report:
    """Checks all promises on the variants of these seeds.

    sandbox: runs model answers of code, on the first seed; without one they are not run.
    prover: proves that the worked steps lead to the key, once for each combination of drawn texts.
    """
    checker = _Checker(family, sandbox, prover)
    seed = seeds[0]
    try:
        check_structures(family)
        for seed in seeds:
            checker.check(seed, first=seed == seeds[0])
        checker.check_also(seeds[0])
        checker.check_family(len(seeds))
    except FaultError as error:
        checker.broken += [_of_fault(family, seed, error)]
    shares = {part: {m: n / len(seeds) for m, n in counts.items()} for part, counts in checker.active.items()}
    return Report(family.id, tuple(seeds), tuple(checker.broken), len(checker.shown), shares, checker.proofs)


class _Checker:
    """One check of one family, and what it has counted so far."""

    def __init__(self, family: Family, sandbox: Sandbox | None, prover: Prover | None) -> None:
        self.family = family
        self.sandbox = sandbox
        self.prover = prover
        self.broken: list[Broken] = []
        self.active: dict[str, Counter[str]] = {
            part.id: Counter({mistake.name: 0 for mistake in part.mistakes}) for part, _ in family.parts()
        }
        self.values: dict[str, set[object]] = {}
        self.shown: set[object] = set()
        self.proofs: dict[str, Evidence] = {}
        self.done: set[object] = set()
        self.times: Counter[object] = Counter()
        self.proved: set[object] = set()

    def check(self, seed: int, *, first: bool) -> None:
        """Promises 1 to 5 on one variant."""
        variant, context = self.family.trace(seed)
        self._draw(variant)
        repeat = variant if seed >= REPEATED else self.family.draw(seed)
        for name, value in variant.values.items():
            self.values.setdefault(name, set()).add(value)
        self.shown.add(_shown(variant))
        for part, again in zip(self._parts(variant, context), self._parts(repeat, context), strict=True):
            self.active[part.part.id].update(part.part.active)
            self.broken += self._of_part(part, again, first=first)

    def _draw(self, variant: Variant) -> None:
        try:
            _ = variant.worked_picture
        except FaultError as error:
            self.broken.append(_of_fault(self.family, variant.seed, error))

    def _parts(self, variant: Variant, context: Context) -> Iterator[Inspected]:
        for (spec, path), part in zip(self.family.parts(), variant.parts, strict=True):
            where = (*path, "oracle") if spec.oracle or not self.family.spec.parts else ("oracle",)
            yield Inspected(self.family.id, variant.seed, spec, path, part, context, where)

    def _of_part(self, part: Inspected, again: Inspected, *, first: bool) -> Iterator[Broken]:
        try:
            yield from check_variant(part, again)
            if self._is_new(part):
                yield from check_oracles(part, self._oracles(part))
                yield from check_steps(part)
                yield from check_mistakes(part)
                yield from check_key(part, self.sandbox if first else None)
                self._prove(part.part, part.context)
        except FaultError as error:
            yield _of_fault(self.family, part.seed, error, part.part.id)

    def _is_new(self, part: Inspected) -> bool:
        """False for a formula that was drawn like this before; with other numbers beside it, often enough before.

        An oracle may use numbers that the key does not have: it is asked for the same key with some of them.
        """
        drawn = part.context.drawn
        everything = (part.part.id, drawn.structure, tuple(sorted(drawn.numbers.items())))
        key = part.part.key
        formulas = [key.formula, *(m.key for m in key.mistakes)] if isinstance(key, FormulaKey) else []
        of_key = (part.part.id, decisive(part.context, formulas))
        seen = everything in self.done or (bool(formulas) and self.times[of_key] >= TIMES_ASKED)
        self.done.add(everything)
        self.times[of_key] += 1
        return part.part.kind not in {"formula", "derivation"} or not seen

    def _oracles(self, part: Inspected) -> Sequence[OracleSpec]:
        return (*(part.spec.oracle or self.family.spec.oracle), *own_oracles(part.spec, part.context.drawn.spelled))

    def _prove(self, part: Part, context: Context) -> None:
        """Proves that the last step is the key, once for each structure; where one is not proved, the part is not."""
        if self.proofs.get(part.id) is Evidence.SAMPLED:
            return
        structure = (part.id, context.drawn.structure)
        if self.prover is None or not part.steps or not isinstance(part.key, FormulaKey) or structure in self.proved:
            return
        self.proved.add(structure)
        shown = self.prover.proves(part.steps[-1].formula, part.key.formula)
        known = self.proofs.get(part.id, Evidence.PROVED)
        self.proofs[part.id] = known if shown else Evidence.SAMPLED

    def check_also(self, seed: int) -> None:
        """Promise 4 for the further answers, each on the variant where it is right."""
        for i, also in enumerate(self.family.spec.also):
            variant, context = self.family.trace(seed if also.seed is None else also.seed)
            parts = [part for part in self._parts(variant, context) if part.part.id == also.part]
            for part in parts:
                self.broken += check_also(part, ("also", i, "answer"), also.answer)

    def check_family(self, seeds: int) -> None:
        """Promise 6, and what only many seeds show: mistakes hardly ever active, values that never come."""
        for id, why in misplaced(self.family.course):
            self.broken.append(self._broken(6, f"{id}: {why}", ("course",)))
        self._check_dead(seeds)
        if seeds >= SHARES_FROM:
            for part, counts in self.active.items():
                for mistake, count in counts.items():
                    if 0 < count < LEAST_SHARE * seeds:
                        what = f"the mistake {mistake!r} differs from the key in {count} of {seeds} variants"
                        self.broken.append(self._broken(3, what, ("mistakes",), part))
        for name, value in self._never(seeds):
            self.broken.append(self._broken(5, f"{name} = {value} never survives the conditions", ("draw",)))

    def _check_dead(self, seeds: int) -> None:
        """Promise 3: every mistake is active in some variant. Few seeds miss a rare one, so that more are drawn."""
        dead = {(part, mistake) for part, counts in self.active.items() for mistake in counts if not counts[mistake]}
        drawn = seeds
        for seed in range(SHARES_FROM):
            if not dead or seeds >= SHARES_FROM:
                break
            dead -= {(part.id, mistake) for part in self.family.draw(seed).parts for mistake in part.active}
            drawn = SHARES_FROM
        for spec, path in self.family.parts():
            for i, mistake in enumerate(spec.mistakes):
                if (spec.id, mistake.name) in dead:
                    same = "the key itself" if i == 0 else "the key itself, or a mistake before it,"
                    what = f"the mistake `{mistake.name}` is {same} in all {drawn} variants"
                    self.broken.append(self._broken(3, what, (*path, "mistakes", i), spec.id))

    def _never(self, seeds: int) -> Iterator[tuple[str, str]]:
        for name, spec in self.family.spec.draw.items():
            options = spec.choice or ()
            if len(options) * TIMES_DRAWN > seeds:
                continue
            for option in options:
                wanted = option if isinstance(option, dict) else {name: option}
                for key, value in wanted.items():
                    known = value if isinstance(value, str) else draws.exactly(value)
                    if known not in self.values.get(key, set()):
                        yield key, str(value)

    def _broken(self, promise: int, what: str, path: Path, part: str = "") -> Broken:
        place = self.family.document.place(path)
        return Broken(promise, self.family.id, part, 0, f"{self.family.file}:{place.line}", what)


def _shown(variant: Variant) -> object:
    """What a reader sees of the variant, but for the order of options."""
    parts = variant.parts
    return tuple((str(p.prompt), p.picture, frozenset(str(piece) for _, piece in p.choices)) for p in parts)


def _of_fault(family: Family, seed: int, error: FaultError, part: str = "") -> Broken:
    """A fault that only a draw shows, as a broken promise 5."""
    fault = error.faults[0]
    return Broken(5, family.id, part, seed, f"{fault.file}:{fault.line}:{fault.column}", fault.message)
