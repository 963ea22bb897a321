"""Keys of code questions: inputs, and what the reference and the wrong references return for them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from grader.answers.code_values import close, noise_of
from grader.keys import Accuracy, CodeCase, CodeKey, Limits, Mistake
from questions import case_store
from questions.build_key import Built, Site, says
from questions.code_checks import checks_of
from questions.code_groups import Maker, groups_of
from questions.code_results import Group, Outputs, Results, packed, unpacked
from questions.references import call
from questions.schema_code import Code
from questions.solution_sources import solutions_digest

FORMAT = "2"  # of the stored cases, and of the way in which inputs are drawn


def code(site: Site) -> Built:
    """The key of a code question; nothing runs before the key is asked for."""
    assert site.part.answer.code is not None
    return Built(lambda: _key(site), tuple(mistake.name for mistake in site.part.mistakes))


def _key(site: Site) -> CodeKey:
    spec = site.part.answer.code
    assert spec is not None
    limits = Limits(spec.limits.wall_seconds, spec.limits.cpu_seconds, spec.limits.memory_mib)
    results = _inputs_alone(site, spec) if spec.accuracy else _stored(site, spec)
    return CodeKey(
        entry=spec.entry,
        parameters=tuple(spec.parameters),
        outputs=tuple(spec.returns),
        cases=_cases(results.groups["cases"], shown=0 if spec.accuracy else 1),
        allow=spec.allow,
        accuracy=_accuracy(site, spec),
        tolerance=spec.tolerance,
        mistakes=_mistakes(site, spec, results),
        limits=limits,
        checks=checks_of(site, spec, results) if spec.checks else (),
        examples=_cases(
            results.groups.get("examples", Group()), shown=len(results.groups.get("examples", Group()).inputs)
        ),
        steps=tuple(spec.steps),
    )


def _cases(group: Group, *, shown: int) -> tuple[CodeCase, ...]:
    """The group's calls as cases, the first `shown` of them shown."""
    rows = zip(group.inputs, group.expected, group.conditions, strict=True)
    return tuple(
        CodeCase(inputs, outputs, i < shown, conditions) for i, (inputs, outputs, conditions) in enumerate(rows)
    )


def _mistakes(site: Site, spec: Code, results: Results) -> tuple[Mistake[tuple[Outputs, ...]], ...]:
    """The wrong references whose outputs differ from the right ones and from each other's."""
    kept: list[Mistake[tuple[Outputs, ...]]] = []
    for i, outputs in enumerate(results.wrong):
        known = [results.groups["cases"].expected, *(mistake.key for mistake in kept)]
        if not any(_agree(outputs, other, spec.tolerance) for other in known):
            kept.append(Mistake(site.part.mistakes[i].name, outputs, says(site, i)))
    return tuple(kept)


def _agree(got: Sequence[Outputs], expected: Sequence[Outputs], tolerance: float) -> bool:
    noises = [noise_of(arrays) for arrays in zip(*expected, strict=True)]
    return all(
        close(mine, right, tolerance=tolerance, noise=noise)
        for a, b in zip(got, expected, strict=True)
        for mine, right, noise in zip(a, b, noises, strict=True)
    )


def _accuracy(site: Site, spec: Code) -> Accuracy | None:
    if spec.accuracy is None:
        return None
    from solutions.training import train

    path = (*site.answer_path, "accuracy")
    labels = call(spec.accuracy.labels, site.context.drawn, _seed(site), site.context.document, (*path, "labels"))
    reference = train(spec.accuracy.reference, "cpu").accuracy  # with a GPU the key would be another
    floor = round(reference - spec.accuracy.margin, 6)
    return Accuracy(np.asarray(labels, dtype=np.int64), floor, reference)


def _seed(site: Site) -> dict[str, Any]:
    return {"seed": site.seed}


def _inputs_alone(site: Site, spec: Code) -> Results:
    inputs = Maker(site, spec).inputs()
    return Results({"cases": Group(inputs, tuple(() for _ in inputs), tuple(() for _ in inputs))})


def _stored(site: Site, spec: Code) -> Results:
    """Inputs and outputs from the store, or made now and kept there."""
    sources = solutions_digest({name.partition(".")[0] for name in _references(site, spec)} | {"arrays"})
    name = case_store.digest(FORMAT, site.family, site.version, site.part.id, site.seed, sources)
    arrays = case_store.load(name)
    if (
        arrays is not None
        and (results := unpacked(arrays)) is not None
        and len(results.wrong) == len(site.part.mistakes)
    ):
        return results
    results = groups_of(site, spec)
    case_store.save(name, packed(results))
    return results


def _references(site: Site, spec: Code) -> list[str]:
    """The functions of `solutions` on which the results depend."""
    names = [spec.reference, spec.inputs, *(mistake.reference for mistake in site.part.mistakes)]
    checks = spec.checks
    if checks is not None:
        names += [checks.gradient.forward if checks.gradient else None]
        names += [checks.consistency.reference if checks.consistency else None]
        names += [checks.stability.inputs if checks.stability else None]
    return [name for name in names if name]
