"""For whoever writes questions: a commented start, and a preview of everything about a file."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from grader.errors import AuthorError
from grader.prover import Prover
from grader.sandbox import Sandbox
from questions.bank import Bank, read_file, shown_path
from questions.broken import Broken
from questions.check import Report, check_family
from questions.family import Family
from questions.faults import Fault, FaultError, nearest
from questions.schema import PartSpec
from questions.structures import check_structures
from questions.suggestions import Suggestion, suggestions
from questions.variant import Part, Variant

SHARE_SEEDS = 20  # variants over which a preview counts how often a mistake is active
_ID = re.compile(r"[a-z][a-z0-9-]*\.[a-z0-9][a-z0-9-]*")

_START = """\
# A question family: save it as {topic}/{name}.yaml, then preview it while you edit.
title: Parameters of a convolution
course: [conv.params]                  # ids of the course map that it covers
level: 1                               # 1 (first steps) to 5
source: "name the book or paper, and the section"

# Values drawn for each variant. Also: decimal, rational, text, subset, permutation, array.
draw:
  c: {{integer: [2, 9]}}
  filters: {{integer: [2, 9]}}
  k: {{choice: [3, 5, 7]}}
where: ["filters != c"]                # drawn again until every condition holds

# {{k}} inserts a value, $k = {{k}}$ is mathematics in the formula language, the rest is Markdown.
prompt: |
  A convolution with {{filters}} filters of $k = {{k}}$ by {{k}} pixels, each with a bias, reads {{c}} channels.
  How many parameters does it have?

# Other kinds: formula, number, shape, choice, statements, ordering, code.
answer: {{integer: "filters*(c*k**2 + 1)"}}

# A second road to the key: a function of solutions/ that takes drawn values by their names.
oracle: convolution.parameter_count

# Wrong keys, each with the sentence that corrects it.
mistakes:
  - name: no-bias
    key: "filters*c*k**2"
    says: "Every filter has a bias."
  - name: one-channel
    key: "filters*(k**2 + 1)"
    says: "A filter has weights for each of the {{c}} channels."

hints: ["How many weights does one filter have?"]
steps: |
  weights = c*k**2                     # of one filter
  parameters = filters*(weights + 1)   # one bias for each
"""


@dataclass(frozen=True)
class PreviewedMistake:
    """share: of the variants in which it differs from the key."""

    name: str
    key: str
    says: str
    share: float


@dataclass(frozen=True)
class PreviewedPart:
    """echo: how the key was read. proof: "proved" or "sampled" for its worked steps, '' without them.

    oracles: the second roads that agreed with the key in every variant checked; empty where one did not.
    """

    id: str
    kind: str
    echo: str
    proof: str
    mistakes: tuple[PreviewedMistake, ...]
    suggested: tuple[Suggestion, ...]
    oracles: tuple[str, ...] = ()


@dataclass(frozen=True)
class PreviewedVariant:
    """One seed: the prompt of each part with its options, and the answer that is right."""

    seed: int
    prompts: tuple[str, ...]
    answers: tuple[str, ...]


@dataclass(frozen=True)
class Preview:
    """Everything about a file. course: each id that no other family covers, with the nearest that some do."""

    file: str
    id: str = ""
    title: str = ""
    faults: tuple[Fault, ...] = ()
    broken: tuple[Broken, ...] = ()
    course: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    parts: tuple[PreviewedPart, ...] = ()
    variants: tuple[PreviewedVariant, ...] = ()

    @property
    def ok(self) -> bool:
        """True where the file can be used as it is."""
        return not self.faults and not self.broken


def new_family(id: str, *, like: str | None = None, bank: Bank | None = None) -> str:
    """A family's file to start from, with comments; like: the id of the family whose file is taken as the model.

    Raises AuthorError for an id that is not topic.name, `UnknownId` for a model that the bank does not have.
    """
    if not _ID.fullmatch(id):
        raise AuthorError(f"{id!r} is no id; expected topic.name of small letters, digits and dashes")
    topic, _, name = id.partition(".")
    if like is None:
        return _START.format(topic=topic, name=name)
    if bank is None:
        raise AuthorError("a model can only be taken from a bank")
    family = bank.family(like)
    head = f"# Started from {like}; save it as {topic}/{name}.yaml and change what is asked.\n"
    return head + "\n".join(family.document.lines) + "\n"


def preview(
    path: Path,
    *,
    seeds: Sequence[int] = range(5),
    bank: Bank | None = None,
    sandbox: Sandbox | None = None,
    prover: Prover | None = None,
) -> Preview:
    """What the file gives: prompts, keys, mistakes, broken promises, faults. Never raises for what stands in it.

    bank: whose course-map ids are known. sandbox, prover: as for `check_family`.
    """
    file = shown_path(path)
    try:
        family = read_file(path)
        check_structures(family)
        variants = [family.draw(seed) for seed in seeds]
        report = check_family(family, tuple(seeds), sandbox=sandbox, prover=prover)
        return Preview(
            file=file,
            id=family.id,
            title=family.title,
            broken=report.broken,
            course=_unfamiliar(family, bank),
            parts=_parts(family, variants, report),
            variants=tuple(_shown(variant) for variant in variants),
        )
    except FaultError as error:
        return Preview(file=file, faults=error.faults)


def _parts(family: Family, variants: Sequence[Variant], report: Report) -> tuple[PreviewedPart, ...]:
    wide = [family.draw(seed) for seed in range(SHARE_SEEDS)]
    result = []
    for i, (spec, path) in enumerate(family.parts()):
        counts = [sum(mistake.name in variant.parts[i].active for variant in wide) for mistake in spec.mistakes]
        first, context = family.trace(variants[0].seed)
        says = [context.prose((*path, "mistakes", j, "says")).text() for j in range(len(spec.mistakes))]
        mistakes = tuple(
            PreviewedMistake(m.name, _text(m.key) or m.reference or "", told, count / len(wide))
            for m, told, count in zip(spec.mistakes, says, counts, strict=True)
        )
        site = family.site(context, spec, path, first.seed)
        suggested = suggestions(site, first.parts[i])
        proof = report.proofs[spec.id].value if spec.id in report.proofs else ""
        agreed = _agreed(family, spec, report)
        read_as = echo(first.parts[i])
        result.append(PreviewedPart(spec.id, spec.answer.kind, read_as, proof, mistakes, suggested, agreed))
    return tuple(result)


def _agreed(family: Family, spec: PartSpec, report: Report) -> tuple[str, ...]:
    """The oracles of a part whose check of its key, or of what comes before that, broke nothing."""
    if any(broken.promise in {1, 5} and broken.part in {"", spec.id} for broken in report.broken):
        return ()
    return tuple(oracle.function or "autograd" for oracle in spec.oracle or family.spec.oracle)


def echo(part: Part) -> str:
    """How the key was read: a formula in its Unicode spelling, anything else as it is typed."""
    from grader.keys import FormulaKey

    return part.key.formula.unicode() if isinstance(part.key, FormulaKey) else part.answer_text


def _text(key: str | tuple[str, ...] | None) -> str:
    return f"({', '.join(key)})" if isinstance(key, tuple) else key or ""


def _shown(variant: Variant) -> PreviewedVariant:
    prompts = []
    for part in variant.parts:
        lines = [f"  {label}) {prose.text()}" for label, prose in part.choices]
        prompts.append("\n".join([part.prompt.text().rstrip(), *lines]))
    return PreviewedVariant(variant.seed, tuple(prompts), tuple(part.answer_text for part in variant.parts))


def _unfamiliar(family: Family, bank: Bank | None) -> dict[str, tuple[str, ...]]:
    """Course-map ids that no family of the bank covers, each with the nearest covered ones."""
    if bank is None:
        return {}
    covered = sorted({id for other in bank.families.values() for id in other.course if other.id != family.id})
    return {id: tuple(nearest(id, covered)) for id in family.course if id not in covered}
