"""One judge for each kind of answer, and `judge`, which picks it by the kind of key."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING

from grader.keys import (
    ChoiceKey,
    CodeKey,
    DerivationKey,
    FormulaKey,
    Key,
    NumberKey,
    OrderingKey,
    ShapeKey,
    StatementsKey,
)
from grader.verdict import Feedback, Outcome, Verdict

if TYPE_CHECKING:
    from grader.prover import Prover
    from grader.sandbox import Sandbox

MAX_ANSWER = 100_000  # characters; formulas have a limit of their own


def judge(
    answer: str,
    key: Key,
    *,
    sandbox: Sandbox | None = None,
    prover: Prover | None = None,
    also: Sequence[str] = (),
) -> Verdict:
    """The verdict on an answer. Never raises for anything typed: what breaks on our side is a `fault`.

    answer: the text as typed; for code the source. sandbox: runs code, made and closed here where it is None.
    prover: tries to prove right formulas; without one they are accepted as sampled. also: further right answers.
    """
    try:
        verdict = _judge(answer, key, sandbox, prover)
        if also and verdict.outcome is not Outcome.RIGHT:
            from grader.answers.also import same_as_one

            verdict = same_as_one(answer[:MAX_ANSWER], also, key) or verdict
        return verdict
    except Exception as error:
        logging.getLogger("chainrule.judge").exception("judging broke")
        return Verdict(Outcome.FAULT, 0.0, (Feedback("fault", {"what": f"{type(error).__name__}: {error}"[:200]}),))


def _judge(answer: str, key: Key, sandbox: Sandbox | None, prover: Prover | None) -> Verdict:
    match key:
        case FormulaKey():
            from grader.answers.formula import judge_formula

            return judge_formula(answer[:MAX_ANSWER], key, prover)
        case DerivationKey():
            from grader.answers.derivation import judge_derivation

            return judge_derivation(answer[:MAX_ANSWER], key)
        case NumberKey():
            from grader.answers.number import judge_number

            return judge_number(answer[:MAX_ANSWER], key)
        case ShapeKey():
            from grader.answers.shape import judge_shape

            return judge_shape(answer[:MAX_ANSWER], key)
        case ChoiceKey():
            from grader.answers.choice import judge_choice

            return judge_choice(answer[:MAX_ANSWER], key)
        case StatementsKey():
            from grader.answers.statements import judge_statements

            return judge_statements(answer[:MAX_ANSWER], key)
        case OrderingKey():
            from grader.answers.ordering import judge_ordering

            return judge_ordering(answer[:MAX_ANSWER], key)
        case CodeKey():
            return _judge_code(answer, key, sandbox)


def _judge_code(source: str, key: CodeKey, sandbox: Sandbox | None) -> Verdict:
    from grader.answers.code import judge_code
    from grader.sandbox import Sandbox

    if sandbox is not None:
        return judge_code(source, key, sandbox)
    with Sandbox() as own:
        return judge_code(source, key, own)
