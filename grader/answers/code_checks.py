"""From what a submission returned to the verdict: each check is judged by itself.

`values` and `trajectory` share the key's cases, which have run already; other checks run cases of their own.
"""

from __future__ import annotations

from dataclasses import replace

from grader.answers.code_behaviour import judge_determinism, judge_forbid, judge_purity, judge_state
from grader.answers.code_bench import Batch, Bench
from grader.answers.code_consistency import judge_consistency
from grader.answers.code_cost import judge_cost
from grader.answers.code_extremes import judge_dtype, judge_stability
from grader.answers.code_gradient import judge_gradient
from grader.answers.code_judged import Judged, combined, failed
from grader.answers.code_outputs import compared, declared_mistake
from grader.answers.code_returned import judge_trajectory, judge_values
from grader.checks import (
    Check,
    ConsistencyCheck,
    CostCheck,
    DeterminismCheck,
    DtypeCheck,
    ForbidCheck,
    GradientCheck,
    PurityCheck,
    StabilityCheck,
    StateCheck,
    TrajectoryCheck,
    ValuesCheck,
)
from grader.verdict import Feedback, Verdict

RETURNED = (ValuesCheck, TrajectoryCheck, GradientCheck)
BEHAVIOUR = (DeterminismCheck, StateCheck, CostCheck, PurityCheck, ForbidCheck)


def judge_checks(bench: Bench, batch: Batch, *, reading: str) -> Verdict:
    """The verdict of all checks together. Raises SandboxError."""
    checks = bench.key.checks or (ValuesCheck(1.0, bench.key.outputs),)
    judged = _counted(_recognised([_judged(check, bench, batch) for check in checks], bench, batch))
    return combined(judged, cases=len(bench.key.cases), reading=reading)


def _recognised(judged: list[Judged], bench: Bench, batch: Batch) -> list[Judged]:
    """The checks, a declared mistake named first in one that failed, where none has named it yet."""
    failing = [one for one in judged if one.share < 1 and isinstance(one.check, RETURNED)]
    if not failing or any(one.mistake for one in judged) or bench.stopped(batch) is not None:
        return judged
    found = compared(batch.results, batch.cases, bench.key)
    name, says = ("", ()) if found.problem else declared_mistake(found.each, bench.key)
    if not name:
        return judged
    named = replace(failing[0], feedback=(*says, *failing[0].feedback), mistake=name)
    return [named if one is failing[0] else one for one in judged]


def _counted(judged: list[Judged]) -> list[Judged]:
    """The checks as they count: how something behaves earns nothing where nothing of what it returns is right."""
    if any(one.share > 0 for one in judged if isinstance(one.check, RETURNED)):
        return judged
    idle = [one.check for one in judged if isinstance(one.check, BEHAVIOUR) and one.share > 0]
    if not idle:
        return judged
    told = Feedback("code.behaviour", {"names": ", ".join(check.name for check in idle)})
    return [failed(one.check, told) if one.check in idle else one for one in judged]


def _judged(check: Check, bench: Bench, batch: Batch) -> Judged:
    match check:
        case ValuesCheck():
            return judge_values(check, bench, batch)
        case TrajectoryCheck():
            return judge_trajectory(check, bench, batch)
        case GradientCheck():
            return judge_gradient(check, bench)
        case ConsistencyCheck():
            return judge_consistency(check, bench)
        case StabilityCheck():
            return judge_stability(check, bench)
        case DtypeCheck():
            return judge_dtype(check, bench)
        case DeterminismCheck():
            return judge_determinism(check, bench)
        case StateCheck():
            return judge_state(check, bench, batch)
        case CostCheck():
            return judge_cost(check, bench)
        case PurityCheck():
            return judge_purity(check, batch)
        case ForbidCheck():
            return judge_forbid(check, batch)
