"""The proving process: it proves, it is killed when it takes too long, and it leaves nothing behind."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from fractions import Fraction

from formula_scope import PROGRAM, SCOPE, scope_of, symbol

from grader.formula import Domain, Scope, Symbol, read
from grader.formula.transport import formula_of, formula_record, scope_record
from grader.formula.transport import scope_of as scope_from
from grader.prover import Prover


def test_it_proves_what_is_equal_and_nothing_else() -> None:
    with Prover() as prover:
        assert prover.proves(read("tanh(c)", SCOPE), read("2*sigmoid(2*c) - 1", SCOPE))
        assert not prover.proves(read("tanh(c)", SCOPE), read("sigmoid(c)", SCOPE))
        assert prover.proves(read("v - t", PROGRAM.scope), read("softmax(u) - t", PROGRAM.scope))


def test_a_proof_past_the_deadline_shows_nothing_and_the_next_one_works() -> None:
    hard = "(" + " + ".join(f"{k}*c**{k}*exp({k}*p)" for k in range(1, 12)) + ")**12"
    with Prover(deadline=0.2) as prover:
        assert not prover.proves(read(hard, SCOPE), read(hard + " + sin(c)**2 + cos(c)**2 - 1", SCOPE))
        prover.deadline = 10.0
        assert prover.proves(read("c + c", SCOPE), read("2*c", SCOPE))


ENDLESS = """
from grader import prover_process
from grader.formula import symbolic
prover_process.LONGEST = 0.2
symbolic.proves_equal = lambda *_: all(iter(lambda: True, False))
prover_process.main()
"""


def test_a_proof_that_nobody_waits_for_any_more_ends_by_itself() -> None:
    """Its owner may have been killed: nobody is left to end it."""
    pair = json.dumps([formula_record(read("c", SCOPE))] * 2)
    done = subprocess.run([sys.executable, "-c", ENDLESS], input=pair, capture_output=True, text=True, check=False)
    assert (done.stdout, done.returncode) == ("ready\n", -signal.SIGALRM)


def test_leaving_it_ends_the_process() -> None:
    with Prover() as prover:
        prover.warm_up()
        assert prover._process is not None
        pid = prover._process.pid
        os.kill(pid, 0)
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return
    raise AssertionError("the proving process is still there")


def test_it_does_not_import_from_the_current_folder(tmp_path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    for name in ("sympy", "numpy", "grader", "json"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('imported from the wrong place')")
    monkeypatch.chdir(tmp_path)
    with Prover() as prover:
        assert prover.proves(read("c + c", SCOPE), read("2*c", SCOPE))


def test_a_formula_survives_the_way_to_the_process() -> None:
    scope = Scope(
        {"x": Symbol("x", ("D",), Domain("interval", 0.0, 2.5), first=0), "c": symbol("c")},
        {"n": Fraction(1, 3), "q": (Fraction(1), Fraction(2))},
        {"i": "D"},
        dims=frozenset({"N"}),
    )
    scope = scope.define("u", read("n*x", scope))
    formula = read("u + q[0]*x", scope)
    assert formula_of(formula_record(formula)) == formula
    assert scope_record(scope_from(scope_record(scope))) == scope_record(scope)
    assert scope_of(symbol("c")).symbols["c"] == symbol("c")
