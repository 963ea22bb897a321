"""Questions and verdicts as plain text, for the terminal."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from chainrule.picture_text import picture_text
from grader.formula.characters import LETTER_OF
from grader.formula.tree import variables
from grader.keys import DerivationKey, FormulaKey, NumberKey
from grader.sentences import sentence
from grader.verdict import Feedback, Outcome, Verdict

if TYPE_CHECKING:
    from chainrule.grading import GradedQuiz
    from grader.formula import Formula
    from grader.formula.symbols import Scope, Symbol
    from questions.variant import Part

BOLD = re.compile(r"(?<![\w)*])\*\*(?=\S)([^*\n`]+?)(?<=\S)\*\*(?![\w*])")  # a power has a word before it
STYLES = {
    Outcome.RIGHT: "green",
    Outcome.PARTIAL: "yellow",
    Outcome.WRONG: "red",
    Outcome.UNREADABLE: "magenta",
    Outcome.UNDECIDED: "yellow",
    Outcome.FAULT: "bold red",
}
LINE = "derivation.line"  # the code of the remark on one line of a derivation
MARKS = {"right": "✓", "follows": "✓", "wrong": "✗", "taken": "·", "unreadable": "?", "undecided": "?"}
LINE_STYLES = {
    "right": "green",
    "follows": "yellow",
    "wrong": "red",
    "taken": "dim",
    "unreadable": "magenta",
    "undecided": "yellow",
}
WIDTH = 90  # characters of an answer that is shown again with a mark below it
TYPED = (  # what a formula may be written with, a line each
    r"X.T or Xᵀ or X^\top: the transpose",
    "X @ w: a product of matrices and vectors; x * y: entry by entry",
    "sum(x, axis=0), softmax(x), exp(x), log(x): functions",
    "where(x > 0, a, b): a where x > 0, else b; (x > 0) is 1 or 0",
    "Sum(p[i], i): the sum over an index",
    "outer(a, b): the matrix of all products a[i]*b[j]",
)
DOMAINS = {
    "positive": "positive",
    "nonnegative": "zero or positive",
    "unit": "between 0 and 1",
    "interval": "between {low:g} and {high:g}",
    "integer": "whole, from {low:g} to {high:g}",
    "binary": "0 or 1",
    "simplex": "positive, sums to 1",
    "one_hot": "one 1, the rest 0",
    "symmetric": "symmetric",
    "positive_definite": "positive definite",
    "orthogonal": "orthogonal",
}


def part_text(part: Part) -> str:
    """What the part asks, with its options and the symbols that an answer may use."""
    lines = [plain_prose(part.prompt).rstrip()]
    if part.picture is not None:
        lines += ["", picture_text(part.picture), ""]
    lines += [f"  {label}) {plain_prose(text)}" for label, text in part.choices]
    if part.kind in {"formula", "derivation"}:
        told = [symbol_text(symbol) for symbol in symbols_of(part)]
        told += [f"{', '.join(named)} as defined above"] if (named := defined_names(part)) else []
        lines += ["  with " + "; ".join(told)] if told else []
    return "\n".join(lines)


def plain_prose(prose: Sequence[str | Formula]) -> str:
    """The prose as plain text: formulas in their Unicode spelling, and no signs around what is emphasised."""
    return unmarked("".join(piece if isinstance(piece, str) else piece.unicode() for piece in prose))


def unmarked(text: str) -> str:
    """The text without signs around what is emphasised."""
    return BOLD.sub(r"\1", text)


def symbols_of(part: Part) -> tuple[Symbol, ...]:
    """The declared names that the prompt, the program or the key uses; all of them where it uses none.

    All of them too for a part that builds on another: the names of its key could tell which line is the wrong one.
    """
    scope = scope_of(part)
    if scope is None:
        return ()
    if part.after:
        return tuple(scope.symbols.values())
    formulas = [piece for piece in part.prompt if not isinstance(piece, str)] + list(scope.definitions.values())
    formulas += [part.key.formula] if isinstance(part.key, FormulaKey) else []
    used = {variable.name for formula in formulas for variable in variables(formula.tree)}
    return tuple(s for s in scope.symbols.values() if s.name in used) or tuple(scope.symbols.values())


def defined_names(part: Part) -> list[str]:
    """Names of the program that stand in the prompt and that a later line uses; an answer may use them."""
    scope, prompt = scope_of(part), part.prompt.text()
    lines = scope.definitions if scope is not None else {}
    used = {variable.name for formula in lines.values() for variable in variables(formula.tree)}
    return [
        name for name in lines if name in used and any(_stands_in(prompt, n) for n in (name, LETTER_OF.get(name, name)))
    ]


def _stands_in(text: str, name: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) is not None


def scope_of(part: Part) -> Scope | None:
    """The names that an answer may use; None for kinds of answers that use none."""
    match part.key:
        case FormulaKey(scope=scope) | NumberKey(scope=scope):
            return scope
        case DerivationKey(program=program):
            return program.scope
    return None


def symbol_text(symbol: Symbol) -> str:
    """A declared name with its shape and domain: `y: vector of K, one 1, the rest 0`."""
    match symbol.shape:
        case ():
            shape = "a number"
        case (size,):
            shape = f"vector of {size}"
        case (rows, columns):
            shape = f"matrix {rows} × {columns}"
        case sizes:
            shape = f"array {' × '.join(map(str, sizes))}"
    domain = domain_text(symbol)
    return f"{symbol.name}: {shape}" + (f", {domain}" if domain else "")


def domain_text(symbol: Symbol) -> str:
    """Which values a declared name can have, '' where any real ones: `in each row one 1, the rest 0`."""
    text = DOMAINS.get(symbol.domain.kind, "").format(low=symbol.domain.low or 0, high=symbol.domain.high or 0)
    by_row = len(symbol.shape) == 2 and symbol.domain.kind in {"one_hot", "simplex"}
    return f"in each row {text}" if by_row else text


def how_to_answer(part: Part) -> str:
    """One sentence on what to type."""
    match part.kind:
        case "code":  # before its key is asked for, since that takes a run of the reference
            return "Write this function and give the path of your file."
        case "formula":
            return "Type a formula, such as X.T @ (p - y) or Xᵀ(p − y)."
        case "derivation":
            return "Type lines such as dz = y - t, each with a name."
        case "shape":
            return "Type a shape, such as (32, 8, 8)."
        case "choice":
            return "Type the letter of one line."
        case "statements":
            return "Type the letters of all true lines, such as a, c; or none."
        case "ordering":
            return "Type all letters in the right order, such as b, a, c."
    digits = part.key.digits if isinstance(part.key, NumberKey) else None
    if digits is None:
        return "Type the exact number, such as 12, 3/4 or sqrt(2)."
    return f"Type a number to {digits} significant digits, or an exact expression."


def letters_in_use(part: Part) -> set[str]:
    """The single characters that could be an answer, or part of one, by themselves."""
    if part.kind == "code":
        return set()
    scope = scope_of(part)
    if scope is not None:
        return {name for name in names(scope) if len(name) == 1}
    return {label.lower() for label, _ in part.choices}


def names(scope: Scope) -> set[str]:
    """Every name that the scope declares."""
    return {*scope.symbols, *scope.constants, *scope.indices, *scope.definitions}


def verdict_lines(verdict: Verdict) -> list[tuple[str, str]]:
    """The verdict as lines of text, each with its style."""
    judged = [feedback for feedback in verdict.feedback if feedback.code == LINE]
    lines = [(line, "") for line in marked_place(verdict)] if not judged or not verdict.outcome.costs_attempt else []
    if verdict.reading and not judged:
        lines.append((f"Read as: {verdict.reading}", ""))
    lines += [line_text(feedback) for feedback in judged]
    says = " ".join(sentence(feedback) for feedback in verdict.feedback if feedback.code != LINE)
    says = unmarked(" ".join(says.split("\n")))
    share = f" ({verdict.score:.0%} of the marks)" if verdict.outcome is Outcome.PARTIAL else ""
    free = "" if verdict.outcome.costs_attempt else " (costs nothing)"
    lines.append((f"{verdict.outcome.value.capitalize()}{share}{free}. {says}".rstrip(), STYLES[verdict.outcome]))
    return lines


def line_text(feedback: Feedback) -> tuple[str, str]:
    """One judged line of a derivation, with its style."""
    data = feedback.data
    return f"  {MARKS[data['status']]} {data['line']}  {data['text']}    {data['says']}", LINE_STYLES[data["status"]]


def marked_place(verdict: Verdict) -> list[str]:
    """What was typed with the unreadable piece marked below it; nothing where the place is not known."""
    for feedback in verdict.feedback:
        match feedback.data:
            case {"text": str(text), "start": int(start), "end": int(end)} if text.isprintable() and len(text) <= WIDTH:
                return [f"  {text}", f"  {' ' * start}{'^' * max(1, end - start)}"]
    return []


def feedback_text(verdict: Verdict) -> str:
    """The feedback as plain sentences."""
    return unmarked("\n".join(sentence(feedback) for feedback in verdict.feedback))


def counted(number: float, what: str) -> str:
    """`1 mark`, `2.5 marks`."""
    return f"{number:g} {what}{'' if number == 1 else 's'}"


def score_line(graded: GradedQuiz) -> str:
    """`7 of 12 marks: 6 right, 2 wrong, 4 unanswered`."""
    outcomes = [part.outcome for part in graded.parts]
    counts = [f"{outcomes.count(outcome)} {outcome}" for outcome in dict.fromkeys(outcomes)]
    lost = [f"{len(graded.lost)} that could not be graded"] if graded.lost else []
    return f"{graded.earned:g} of {counted(graded.possible, 'mark')}: {', '.join(counts + lost) or 'nothing asked'}"
