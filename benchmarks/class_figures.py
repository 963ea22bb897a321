"""What a run of `class.py` came to against the plan, where its time went, and whether two runs wrote the same."""

from __future__ import annotations

import filecmp
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from class_folder import Made

from chainrule.bulk.asking import COSTS

RESULTS = "results.jsonl"
NOT_COMPARED = {"judged.jsonl", ".chainrule-lock"}  # in the order of judging, with times; which process it was


@dataclass
class Figures:
    """deviations: each result that is not as planned, in words. Seconds are those of the processes that judge.

    by_kind: seconds and answers of ordinary students, by kind of part. attacks: seconds of each attack, by name.
    cost: of all that was judged, as batches are filled by it.
    """

    planned: int = 0
    parts: int = 0
    deviations: list[str] = field(default_factory=list)
    outcomes: dict[str, int] = field(default_factory=dict)
    ordinary: float = 0.0
    hostile: float = 0.0
    by_kind: dict[str, list[float]] = field(default_factory=dict)
    attacks: dict[str, list[float]] = field(default_factory=dict)
    cost: float = 0.0


def figures(found: Made, out: Path) -> Figures:
    """The figures of a graded class."""
    took = {one["key"]: one["seconds"] for one in lines(out / "judged.jsonl")}
    told = Figures()
    left = dict(found.plan)
    for result in lines(out / RESULTS):
        place = (result["number"], result["part"])
        planned = left.pop((result["student"], *place), None)
        told.parts += 1
        told.outcomes[result["outcome"]] = told.outcomes.get(result["outcome"], 0) + 1
        as_planned = (
            planned is not None
            and result["outcome"] in planned.outcomes
            and (planned.mistake is None or result["mistake"] == planned.mistake)
        )
        told.planned += as_planned
        if not as_planned:
            told.deviations.append(_deviation(found, result, planned))
        _time(told, found, result, took.pop(result["key"], None))
    told.deviations += [f"{student} {number}.{part}: no result" for student, number, part in left]
    return told


def _time(told: Figures, found: Made, result: dict[str, Any], seconds: float | None) -> None:
    if seconds is None:  # judged for another, or there was nothing to judge
        return
    student = result["student"]
    told.cost += COSTS.get(result["kind"], 1.0)
    if student in found.hostile and found.target[student] in (None, (result["number"], result["part"])):
        told.hostile += seconds
        told.attacks.setdefault(found.hostile[student], []).append(seconds)
        return
    told.ordinary += seconds
    told.by_kind.setdefault(result["kind"], []).append(seconds)


def _deviation(found: Made, result: dict[str, Any], planned: Any) -> str:
    who = f"{result['student']} {result['number']}.{result['part']}"
    came = f"{result['outcome']} {result['mistake']}".strip()
    wanted = "nothing" if planned is None else f"{'|'.join(planned.outcomes)} {planned.mistake or ''}".strip()
    attack = found.hostile.get(result["student"], "")
    codes = ",".join(code for code, _ in result["feedback"])
    said = (
        f"; {attack}" * bool(attack) + f"; {codes}" * bool(codes) + f"; {result['problem']}" * bool(result["problem"])
    )
    return f"{who}: came {came}, planned {wanted}{said}; {result['answer'][-160:]!r}"


def differences(one: Path, other: Path) -> tuple[int, list[str]]:
    """How many files were compared byte by byte, and the names of those that differ or that one of the two lacks."""
    names = {file.relative_to(home).as_posix() for home in (one, other) for file in home.rglob("*") if file.is_file()}
    names -= NOT_COMPARED
    different = [
        name
        for name in sorted(names)
        if not (one / name).is_file()
        or not (other / name).is_file()
        or not filecmp.cmp(one / name, other / name, shallow=False)
    ]
    return len(names), different


def different_students(one: Path, other: Path) -> list[str]:
    """The students who have another result in one of two graded folders than in the other."""
    results = [
        {(found["student"], found["number"], found["part"]): found for found in lines(path / RESULTS)}
        for path in (one, other)
    ]
    places = results[0].keys() | results[1].keys()
    return sorted({place[0] for place in places if results[0].get(place) != results[1].get(place)})


def lines(path: Path) -> Iterator[dict[str, Any]]:
    """The records of a file."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)
