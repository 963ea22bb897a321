"""Is a code question's key consistent in itself?"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from grader.checks import DtypeCheck, GradientCheck, StabilityCheck
from grader.errors import AuthorError
from grader.keys import CodeCase, CodeKey


def check_key(key: CodeKey) -> None:
    """Nothing, or AuthorError naming the first inconsistency."""
    if not key.cases or not key.outputs:
        raise AuthorError(f"the code question `{key.entry}` has no cases or no outputs")
    for where, case in _cases(key):
        _check_case(key, where, case)
    for mistake in key.mistakes:
        if [len(arrays) for arrays in mistake.key] != [len(key.outputs)] * len(key.cases):
            raise AuthorError(f"the mistake `{mistake.name}` of `{key.entry}` does not give all outputs of all cases")
    if key.accuracy is not None and len(key.cases) != 1:
        raise AuthorError(f"the code question `{key.entry}` measures accuracy: it takes one case, not {len(key.cases)}")
    if key.checks and sum(check.marks for check in key.checks) <= 0:
        raise AuthorError(f"the code question `{key.entry}` gives no marks")


def _cases(key: CodeKey) -> Iterator[tuple[str, CodeCase]]:
    """Every case with words for its place."""
    for i, case in enumerate(key.cases):
        yield f"case {i} of the code question `{key.entry}`", case
    for check in key.checks:
        if isinstance(check, GradientCheck | StabilityCheck | DtypeCheck):
            for i, case in enumerate(check.cases):
                yield f"case {i} of the check `{check.name}` of the code question `{key.entry}`", case


def _check_case(key: CodeKey, where: str, case: CodeCase) -> None:
    names = {*key.parameters, *key.steps}
    if set(case.inputs) != names:
        raise AuthorError(f"{where} has inputs {sorted(case.inputs)}, its parameters are {sorted(names)}")
    if key.accuracy is None and len(case.expected) != len(key.outputs):
        raise AuthorError(f"{where} expects {len(case.expected)} arrays, its outputs are {list(key.outputs)}")
    if any(np.isnan(array).any() for array in case.expected):
        raise AuthorError(f"{where} expects NaN, which nothing equals")
