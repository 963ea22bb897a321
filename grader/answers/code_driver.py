"""Submissions that make something with a state: a function, written behind the submission, that makes and steps it.

It runs beside the submission and so knows no answers either; what it returns is compared outside like any array.
"""

from __future__ import annotations

from grader.keys import CodeKey

DRIVER = "_steps_of_the_question"

_TEXT = """

def {driver}({parameters}):
    import numpy
    step = {entry}({made_from})
    rows = []
    for arguments in zip({steps}):
        row = step(*arguments)
        if row is None:
            return None
        row = row if type(row) is tuple else (row,)
        rows.append([numpy.array(item.detach().cpu() if hasattr(item, "detach") else item) for item in row])
    return tuple(numpy.stack(column) for column in zip(*rows))
"""


def driven(source: str, key: CodeKey) -> str:
    """The source with the driver behind it; its own lines keep their numbers."""
    text = _TEXT.format(
        driver=DRIVER,
        parameters=", ".join((*key.parameters, *key.steps)),
        entry=key.entry,
        made_from=", ".join(key.parameters),
        steps=", ".join(key.steps),
    )
    return source + text
