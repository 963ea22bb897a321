"""Coverage-guided fuzzing of the reader: any bytes are read, or refused with a sentence, and nothing else happens.

    python benchmarks/fuzz_reader.py [-runs=1000000] [-max_len=120] [libFuzzer options]

Needs the extra `bench` (atheris). What is read is also printed and read again. Not part of the tests: a run takes
minutes. Findings become cases of tests/grader/formula/test_reading.py.
"""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["grader"]):
    from grader.formula import Domain, ReadError, Scope, Symbol, read
    from grader.sentences import sentence

SCOPE = Scope(
    {
        "x": Symbol("x", ("D",)),
        "A": Symbol("A", ("D", "D")),
        "c": Symbol("c"),
        "p": Symbol("p", ("K",), Domain("simplex")),
    },
    indices={"i": "K"},
)
PIECES = (
    "x A c p i D K sigma softmax exp log sum max Sum( where( .T @ ** ^ ' [ ] ( ) , : = == < 1 0.5 e pi "
    "\\frac{ } \\sum_{ ^{ _{ \\left( \\right) \\begin{cases} \\end{cases} & \\\\ \\top \\mathrm{ \\sqrt[ σ ᵀ ² ᵢ √ ‖ |"
).split(" ")


def formula_of(data: bytes) -> str:
    """Half of the inputs as text, half as pieces of the language put together."""
    if not data or data[0] < 128:
        return data[1:].decode("utf-8", errors="surrogateescape")
    return "".join(PIECES[byte % len(PIECES)] for byte in data[1:])


def check(data: bytes) -> None:
    """Raises where the reader does anything but read or refuse."""
    text = formula_of(data)
    try:
        formula = read(text, SCOPE)
    except ReadError as error:
        assert sentence(error.feedback)
        return
    for printed in (formula.text(), formula.unicode()):
        assert read(printed, SCOPE).tree == formula.tree, (text, printed)
    assert formula.latex()


if __name__ == "__main__":
    atheris.Setup(sys.argv, check)
    atheris.Fuzz()
