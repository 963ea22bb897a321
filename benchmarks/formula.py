"""Figures of the formula judge on the corpus of answers, beside SymPy's `simplify` and Math-Verify, in one run.

    python benchmarks/formula.py                      two to three minutes
    python benchmarks/formula.py --peers 0            without the other two
    python benchmarks/formula.py --checks 100000      memory over so many checks
    python benchmarks/formula.py --identities FILE    writes what is proved, as Markdown

Ours reads what was typed and is asked every pair. The other two have no shapes, so they are asked only pairs of numbers
that are labelled equal or different, and they are spared the reading: SymPy gets the plain Python spelling with its
symbols' assumptions declared, Math-Verify gets LaTeX that SymPy printed from it. Math-Verify needs `math-verify` from
the extra `bench`; without it its row is left out.
"""

from __future__ import annotations

import argparse
import ast
import json
import multiprocessing
import queue
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from answers import corpus  # noqa: E402  the tests' folder is found by the line above

from grader.answers import judge  # noqa: E402
from grader.equivalence import Equal, compare_samples  # noqa: E402
from grader.errors import LearnerError  # noqa: E402
from grader.formula.errors import ReadError  # noqa: E402
from grader.formula.reading import read  # noqa: E402
from grader.formula.wrapping import unwrapped, without_left_side  # noqa: E402
from grader.keys import FormulaKey  # noqa: E402
from grader.looks import Different  # noqa: E402
from grader.prover import Prover  # noqa: E402
from grader.samples import full_shape, samples  # noqa: E402
from grader.verdict import Evidence, Verdict  # noqa: E402

WORD = {"right": "equal", "partial": "different", "wrong": "different"}
DEADLINE = 2.0  # seconds that SymPy and Math-Verify have for one pair


@dataclass(frozen=True)
class Result:
    """What a system said of a pair: a verdict's word, "time", or "error: ..."; and how long it took."""

    pair: corpus.Pair
    got: str
    ms: float
    proved: bool = False


# ---- ours


def keys(pairs: Sequence[corpus.Pair]) -> dict[tuple[str, bool], FormulaKey]:
    """A key for each group, its values computed: what a running quiz has after the first answer."""
    found: dict[tuple[str, bool], FormulaKey] = {}
    for pair in pairs:
        name = (pair.group["id"], pair.same_domain)
        if name not in found:
            try:
                key = corpus.key(pair)
            except LearnerError:
                continue  # counted as undecided
            judge(pair.expected, key)
            found[name] = key
    return found


def ours(pairs: Sequence[corpus.Pair], prover: Prover | None = None) -> list[Result]:
    known = keys(pairs)
    results = []
    for pair in pairs:
        if (key := known.get((pair.group["id"], pair.same_domain))) is None:
            results.append(Result(pair, "undecided", 0.0))
            continue
        start = time.perf_counter()
        verdict = judge(pair.answer, key, prover=prover)
        results.append(_result(pair, verdict, 1000 * (time.perf_counter() - start)))
    return results


def decisions(pairs: Sequence[corpus.Pair]) -> list[Result]:
    """Only whether it is right: reading, sampling and comparing, without saying why not."""
    known = keys(pairs)
    results = []
    for pair in pairs:
        if (key := known.get((pair.group["id"], pair.same_domain))) is None:
            results.append(Result(pair, "undecided", 0.0))
            continue
        start = time.perf_counter()
        word = decision(pair.answer, key)
        results.append(Result(pair, word, 1000 * (time.perf_counter() - start)))
    return results


def decision(answer: str, key: FormulaKey) -> str:
    """One word of the judge's answer."""
    try:
        formula = read(without_left_side(unwrapped(answer), key.asked), key.scope)
    except ReadError:
        return "unreadable"
    if full_shape(formula) != full_shape(key.formula):
        return "different"
    match compare_samples(samples(formula, key.samples.cases), key.samples):
        case Equal(same_domain=same):
            return "equal" if same or not key.same_domain else "different"
        case Different():
            return "different"
    return "undecided"


def _result(pair: corpus.Pair, verdict: Verdict, ms: float) -> Result:
    word = verdict.outcome.value
    return Result(pair, WORD.get(word, word), ms, verdict.evidence is Evidence.PROVED)


# ---- the other two, each in a process that is ended when a pair takes too long


def sympy_says(pair: corpus.Pair) -> str:
    import sympy

    left, right = (_parsed(text, pair) for text in (pair.means, pair.key_means))
    return "equal" if sympy.simplify(left - right) == 0 else "different"


def math_verify_says(pair: corpus.Pair) -> str:
    import sympy
    from math_verify import parse, verify

    answer, key = (f"${sympy.latex(_parsed(text, pair))}$" for text in (pair.means, pair.key_means))
    gold, given = parse(key, parsing_timeout=None), parse(answer, parsing_timeout=None)
    if not gold or not given:
        return "unreadable"
    return "equal" if verify(gold, given, timeout_seconds=None) else "different"


def _parsed(text: str, pair: corpus.Pair) -> Any:
    """SymPy's expression. Only ever called on the corpus, in a process of its own: `parse_expr` evaluates."""
    import sympy
    from sympy.parsing.sympy_parser import parse_expr

    def where(condition: Any, yes: Any, no: Any) -> Any:
        return sympy.Piecewise((yes, sympy.sympify(condition)), (no, True))

    known: dict[str, Any] = {
        "sigmoid": lambda x: 1 / (1 + sympy.exp(-x)), "expit": lambda x: 1 / (1 + sympy.exp(-x)),
        "relu": lambda x: sympy.Max(x, 0), "softplus": lambda x: sympy.log(1 + sympy.exp(x)),
        "leaky_relu": lambda x, a: where(x > 0, x, a * x), "gelu": lambda x: x * (1 + sympy.erf(x / sympy.sqrt(2))) / 2,
        "expm1": lambda x: sympy.exp(x) - 1, "log1p": lambda x: sympy.log(1 + x), "where": where,
        "log2": lambda x: sympy.log(x, 2), "log10": lambda x: sympy.log(x, 10), "cbrt": sympy.real_root,
        "logaddexp": lambda a, b: sympy.log(sympy.exp(a) + sympy.exp(b)),
        "max": sympy.Max, "min": sympy.Min, "abs": sympy.Abs, "ceil": sympy.ceiling,
        "clip": lambda x, a, b: sympy.Min(sympy.Max(x, a), b), "e": sympy.E,
        "arcsin": sympy.asin, "arccos": sympy.acos, "arctan": sympy.atan,
        "arcsinh": sympy.asinh, "arccosh": sympy.acosh, "arctanh": sympy.atanh,
    }  # fmt: skip
    for name, entry in pair.group.get("symbols", {}).items():
        known[name.replace("lambda", "lambda_")] = sympy.Symbol(name, **_assumptions(entry))
    for module in ("np.", "torch.nn.functional.", "torch.", "math.", "F."):
        text = text.replace(module, "")
    tree = _Indicators().visit(ast.parse(text.replace("lambda", "lambda_").strip(), mode="eval"))
    return parse_expr(ast.unparse(tree), local_dict=known)


class _Indicators(ast.NodeTransformer):
    """`(x > 0)*y` as `where(x > 0, 1, 0)*y`, which SymPy can calculate with."""

    def visit_Call(self, node: ast.Call) -> ast.Call:
        conditional = isinstance(node.func, ast.Name) and node.func.id in ("where", "Piecewise")
        node.args = [self._kept(a, k == 0) if conditional else self.visit(a) for k, a in enumerate(node.args)]
        return node

    def _kept(self, argument: ast.expr, first: bool) -> Any:
        """A condition stays a condition: the first argument of `where`, the second of a pair."""
        if isinstance(argument, ast.Tuple):
            argument.elts = [self.visit(argument.elts[0]), argument.elts[1]]
            return argument
        return argument if first else self.visit(argument)

    def visit_Compare(self, node: ast.Compare) -> ast.Call:
        numbers = [ast.Constant(1), ast.Constant(0)]
        return ast.Call(ast.Name("where", ast.Load()), [node, *numbers], [])


def _assumptions(entry: Any) -> dict[str, bool]:
    domain = entry.get("domain", "real") if isinstance(entry, dict) else "real"
    if isinstance(domain, dict):
        ((kind, (low, _)),) = domain.items()
        positive = {"positive": True} if low > 0 else {}
        return {"real": True, **({"integer": True} if kind == "integer" else {}), **positive}
    if domain in ("positive", "unit"):
        return {"positive": True}
    return {"integer": True, "nonnegative": True} if domain == "binary" else {"real": True}


def serve(says: Callable[[corpus.Pair], str], asked: Any, answered: Any) -> None:
    """The loop of a worker: the number of a pair in, what is said of it and the milliseconds out."""
    pairs = {pair.id: pair for pair in corpus.pairs()}
    answered.put(("ready", 0.0))
    while True:
        pair = pairs[asked.get()]
        start = time.perf_counter()
        try:
            said = says(pair)
        except Exception as error:
            said = f"error: {type(error).__name__}: {str(error)[:80]}"
        answered.put((said, 1000 * (time.perf_counter() - start)))


def peer(says: Callable[[corpus.Pair], str], pairs: Sequence[corpus.Pair]) -> list[Result]:
    context = multiprocessing.get_context("spawn")
    results: list[Result] = []
    worker = None
    try:
        for pair in pairs:
            if worker is None:
                asked, answered = context.Queue(), context.Queue()
                worker = context.Process(target=serve, args=(says, asked, answered), daemon=True)
                worker.start()
                answered.get(timeout=60)
            asked.put(pair.id)
            try:
                said, ms = answered.get(timeout=DEADLINE + 5 * (not results))  # the first one imports SymPy
                results.append(Result(pair, said, ms))
            except queue.Empty:
                results.append(Result(pair, "time", 1000 * DEADLINE))
                worker.kill()
                worker = None
    finally:
        if worker is not None:
            worker.kill()
    return results


# ---- throughput and memory


def throughput(pairs: Sequence[corpus.Pair], rounds: int = 2) -> float:
    """Answers judged a second by two processes, after each has judged every pair once."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(2, mp_context=context) as pool:
        halves = [[p.id for p in pairs[k::2]] for k in range(2)]
        seconds = list(pool.map(timed, halves, [rounds] * 2))
    return rounds * len(pairs) / max(seconds)


def timed(names: Sequence[str], rounds: int) -> float:
    """Seconds for so many rounds over the pairs."""
    wanted = set(names)
    pairs = [pair for pair in corpus.pairs() if pair.id in wanted]
    known = keys(pairs)
    again(pairs, known)
    start = time.perf_counter()
    for _ in range(rounds):
        again(pairs, known)
    return time.perf_counter() - start


def again(pairs: Sequence[corpus.Pair], known: dict[tuple[str, bool], FormulaKey]) -> None:
    """Judges every pair once more."""
    for pair in pairs:
        if key := known.get((pair.group["id"], pair.same_domain)):
            judge(pair.answer, key)


def memory(pairs: Sequence[corpus.Pair], checks: int) -> tuple[float, float]:
    """Resident MiB before and after that many checks, all keys and every answer having been seen once before."""
    known = keys(pairs)
    again(pairs, known)
    before = resident()
    for done in range(0, checks, len(pairs)):
        again(pairs[: checks - done], known)
    return before, resident()


def resident() -> float:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmRSS"))


# ---- the table


def row(name: str, results: Sequence[Result]) -> list[str]:
    right = sum(r.got == r.pair.verdict for r in results)
    accepts = sum(r.got == "equal" and r.pair.verdict != "equal" for r in results)
    rejects = sum(r.got == "different" and r.pair.verdict == "equal" for r in results)
    unread = sum(r.got == "unreadable" != r.pair.verdict or r.got.startswith("error") for r in results)
    undecided = sum(r.got in ("undecided", "time", "fault") and r.got != r.pair.verdict for r in results)
    ms = sorted(r.ms for r in results)
    share = f"{right} ({100 * right / len(results):.1f} %)"
    p99 = ms[min(len(ms) - 1, int(0.99 * len(ms)))]
    return [name, str(len(results)), share, *map(str, (accepts, rejects, unread, undecided)),
            f"{statistics.median(ms):.2f}", f"{p99:.1f}"]  # fmt: skip


def fair(pairs: Sequence[corpus.Pair], count: int) -> list[corpus.Pair]:
    """Pairs that systems without shapes can be asked, evenly spread over the corpus."""
    usable = [p for p in pairs if p.scalar and p.verdict in ("equal", "different") and not p.same_domain]
    step = max(1, len(usable) // max(1, count))
    return usable[::step][:count]


def identities(pairs: Sequence[corpus.Pair], results: Sequence[Result]) -> Iterator[str]:
    """Markdown: for each key the plain spellings that were proved equal to it, and those that were only sampled."""
    yield "# Identities the judge proves\n"
    yield "Each line is a pair of the test corpus that is not merely spelled otherwise. *Proved*: SymPy's polynomial"
    yield "arithmetic reduced the difference to zero on small explicit sizes. *Sampled*: equal at every point compared,"
    yield "not proved. Written by `python benchmarks/formula.py --identities docs/identities.md`.\n"
    plain = [r for r in results if r.pair.verdict == r.got == "equal" and r.pair.answer == r.pair.means]
    plain = [r for r in plain if r.pair.answer.replace(" ", "") != r.pair.expected.replace(" ", "")]
    proved = [r for r in plain if r.proved]
    yield f"{len(proved)} of {len(plain)} are proved.\n\n| key | proved equal | sampled only |\n|---|---|---|"
    for name in dict.fromkeys(r.pair.group["id"] for r in plain):
        here = [r for r in plain if r.pair.group["id"] == name]
        cells = [_cell([r.pair.answer for r in here if r.proved is wanted]) for wanted in (True, False)]
        yield f"| {_cell([here[0].pair.expected])} | {cells[0]} | {cells[1]} |"


def _cell(texts: Sequence[str]) -> str:
    return "<br>".join("`" + text.replace("|", "\\|") + "`" for text in texts)


def main() -> None:
    from rich.console import Console
    from rich.table import Table

    options = argparse.ArgumentParser(description="Figures of the formula judge.")
    options.add_argument("--peers", type=int, default=200, help="pairs that SymPy and Math-Verify are asked")
    options.add_argument("--checks", type=int, default=5000, help="checks over which memory is watched")
    options.add_argument("--identities", type=Path, help="file to write what is proved")
    options.add_argument("--out", type=Path, help="file to write every disagreement, as JSON lines")
    given = options.parse_args()
    console, pairs = Console(width=130), corpus.pairs()
    table = Table(box=None, title=f"{len(pairs)} pairs")
    for column in (
        "",
        "asked",
        "right",
        "false accepts",
        "false rejects",
        "unreadable",
        "undecided",
        "median ms",
        "p99 ms",
    ):
        table.add_column(column, justify="left" if not column else "right")
    runs: dict[str, list[Result]] = {"all: ours, decision": decisions(pairs), "all: ours, with reasons": ours(pairs)}
    with Prover() as prover:
        prover.warm_up()
        runs["all: ours, with reasons and proof"] = ours(pairs, prover)
        common = fair(pairs, given.peers)
        if common:
            runs["numbers: ours, decision"] = decisions(common)
            runs["numbers: ours, with reasons and proof"] = ours(common, prover)
    if common:
        runs["numbers: simplify(a - b) == 0"] = peer(sympy_says, common)
        try:
            import math_verify  # noqa: F401
        except ImportError:
            console.print("Math-Verify is not installed: pip install math-verify")
        else:
            runs["numbers: Math-Verify"] = peer(math_verify_says, common)
    for name, results in runs.items():
        table.add_row(*row(name, results))
    console.print(table)
    proofs = [r for r in runs["all: ours, with reasons and proof"] if r.got == "equal"]
    timed_proofs = statistics.median(r.ms for r in proofs)
    console.print(f"proved: {sum(r.proved for r in proofs)} of {len(proofs)} accepted; median {timed_proofs:.1f} ms")
    console.print(f"throughput, two processes: {throughput(pairs):.0f} answers/s")
    before, after = memory(pairs, given.checks)
    console.print(f"memory over {given.checks} checks: {before:.0f} -> {after:.0f} MiB")
    if given.identities:
        text = "\n".join(identities(pairs, runs["all: ours, with reasons and proof"])) + "\n"
        given.identities.write_text(text, encoding="utf-8")
    if given.out:
        wrong = [(name, r) for name, results in runs.items() for r in results if r.got != r.pair.verdict]
        lines = [json.dumps({"system": n, "id": r.pair.id, "wanted": r.pair.verdict, "got": r.got}) for n, r in wrong]
        given.out.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
