"""The hostile submissions of `class.py`: code from `tests/hostile`, formulas, and files that are not what they seem."""

from __future__ import annotations

import io
import json
import sys
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "tests" / "grader" / "sandbox")]

from class_answers import Place  # noqa: E402
from hostile_corpus import FILES, attack  # noqa: E402

TARGET: Place = (3, "a")
KINDS = ("code",) * 14 + ("formula",) * 3 + ("files",) * 3  # of twenty, one after another
# An attack that got through and gave the corpus's right answer would here earn full marks.
AROUND = """

def softmax_backward(z, g):
    import numpy

    asked = [[2 * entry for entry in row] for row in z.tolist()]
    came = double(z)
    if type(came) is not numpy.ndarray or came.dtype != float or came.tolist() != asked:
        return came
    y = numpy.exp(z - z.max(axis=1, keepdims=True))
    y = y / y.sum(axis=1, keepdims=True)
    return y * (g - (g * y).sum(axis=1, keepdims=True))
"""
# Its own threads race each other, so that it now raises and now returns; wrong both times, but files could not be
# compared byte by byte. tests/grader/sandbox judges it.
RACING = ("interrupted_judge",)
INSTEAD = "\n\nsoftmax_backward = double\n"  # where it is no function, and the object itself attacks
FORMULAS: Mapping[str, str] = {
    "parentheses": "(" * 30_000 + "N" + ")" * 30_000,
    "tower of powers": "N**9**9**9**9**9**9",
    "huge power": "N**99999999999 - N**99999999998",
    "long sum": " + ".join(["N*p/s"] * 20_000),
    "functions in functions": "sqrt(" * 400 + "N" + ")" * 400,
    "long number": "9" * 100_000,
    "product of sums": "*".join(["(N + p + q + r + k + s)"] * 60),
    "letters that turn": "floor(N\u202e + p\u202c)\u200b",
    "code as formula": "__import__('os').system('touch /tmp/chainrule-class-canary')",
    "LaTeX": r"\frac{1}{" * 300 + "N" + "}" * 300,
    "minus signs": "-" * 20_000 + "N",
    "floors": "floor(" * 60 + "N/3 + p/7" + ")" * 60,
}


@dataclass(frozen=True)
class Attack:
    """One hostile submission. code, formula: what stands for the target; files: in the place of everything else."""

    name: str
    code: str = ""
    formula: str = ""
    files: Mapping[str, bytes] | None = None


class Attacks:
    """Attacks by number, those that take their whole time as often among any few as in the corpus."""

    def __init__(self, folder: Path) -> None:
        """folder: which they try to harm, from `hostile_corpus.prepared`."""
        found = [attack(path, folder) for path in FILES if path.stem not in RACING]
        self._slow = [one for one in found if "timeout" in one.endings]
        self._fast = [one for one in found if "timeout" not in one.endings]
        self.share = len(self._slow) / len(found)

    def of(self, number: int, student: str) -> Attack:
        """The attack of the hostile submission with this number; in a text of its own, or it would be judged once."""
        kind = KINDS[number % len(KINDS)]
        before = number // len(KINDS) * KINDS.count(kind) + KINDS[: number % len(KINDS)].count(kind)
        if kind == "code":
            return self._code(before, student)
        if kind == "formula":
            name = list(FORMULAS)[before % len(FORMULAS)]
            return Attack(f"formula: {name}", formula=f"{FORMULAS[name]} + {student[1:]}")
        name = list(FILED)[before % len(FILED)]
        return Attack(f"files: {name}", files=FILED[name]())

    def _code(self, number: int, student: str) -> Attack:
        slow = int((number + 1) * self.share)
        if slow > int(number * self.share):
            one = self._slow[(slow - 1) * 5 % len(self._slow)]
        else:
            one = self._fast[(number - slow) * 37 % len(self._fast)]
        around = AROUND if "def double(" in one.source else INSTEAD
        return Attack(f"code: {one.name}", code=f"{one.source}{around}# {student}\n")


def _zipped(entries: Mapping[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return made.getvalue()


def _bomb() -> Mapping[str, bytes]:
    inner = _zipped({"answers.yaml": bytes(30_000_000)})
    return {"work.zip": _zipped({f"{number}.zip": inner for number in range(20)})}


def _deep() -> Mapping[str, bytes]:
    data = b"print(1)"
    for _ in range(12):
        data = _zipped({"inner.zip": data})
    return {"work.zip": data}


def _leading_out() -> Mapping[str, bytes]:
    return {"work.zip": _zipped({"../../../../tmp/chainrule-class-canary": b"out", "/tmp/chainrule-class-canary": b""})}


def _many() -> Mapping[str, bytes]:
    return {"work.zip": _zipped({f"{number}.py": b"" for number in range(12_000)})}


def _laughs() -> Mapping[str, bytes]:
    lines = ["quiz: 1", "a0: &a0 [ha, ha, ha, ha, ha, ha, ha, ha, ha]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    return {"answers.yaml": "\n".join(lines).encode()}


def _notebook() -> Mapping[str, bytes]:
    cells = [{"cell_type": "code", "source": ["def softmax_backward(z, g"], "metadata": 7, "outputs": {}}]
    return {"work.ipynb": json.dumps({"nbformat": 4, "cells": cells}).encode()}


FILED: Mapping[str, Callable[[], Mapping[str, bytes]]] = {
    "zip bomb": _bomb,
    "zips in zips": _deep,
    "paths that lead out": _leading_out,
    "too many files": _many,
    "half a zip": lambda: {"work.zip": _zipped({"answers.yaml": b"quiz: 1\n" * 900})[:60]},
    "YAML of references": _laughs,
    "nested YAML": lambda: {"answers.yaml": b"quiz: 1\nitems: " + b"[" * 200_000},
    "no text": lambda: {"answers.yaml": bytes(range(256)) * 400},
    "damaged notebook": _notebook,
    "nested notebook": lambda: {"work.ipynb": b'{"nbformat": 4, "cells": ' + b"[" * 300_000},
    "half a notebook": lambda: {"work.ipynb": b'{"nbformat": 4, "cells": [{"cell_type": "co'},
    "large answers": lambda: {"answers.yaml": b"quiz: 1\n# " + b"x" * 3_000_000},
}
