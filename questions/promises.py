"""Promises 2 to 5, for one part of one variant. Each yields what is broken; nothing means that it holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import numpy as np

from grader.answers import judge
from grader.equivalence import Equal, compare
from grader.formula.cases import sample_cases
from grader.formula.latex import name_latex
from grader.formula.precise import Undefined
from grader.formula.reading import Formula, evaluate
from grader.keys import ChoiceKey, CodeKey, DerivationKey, FormulaKey, Key, NumberKey, ShapeKey
from grader.sandbox import Sandbox
from grader.sentences import sentence
from grader.verdict import Outcome, Verdict
from questions.answer_text import number_text
from questions.broken import Broken, Inspected
from questions.document import Path
from questions.prose import Prose

ORDINARY = 2  # points of a case at which `forward` has to be finite: entries of size 1, where nothing saturates


def check_steps(part: Inspected) -> Iterator[Broken]:
    """Promise 2: the last step equals the key; a step that is named like a line of `forward` equals it."""
    steps, path = part.part.steps, (*part.path, "steps")
    program = part.context.program
    lines = {line.name: line.formula for line in program.lines} if program else {}
    for step in steps:
        if step.name in lines and not _equal(step.formula, lines[step.name]):
            got, expected = step.formula.text(), lines[step.name].text()
            yield part.broken(
                2, f"the step {step.name} is not that line of `forward`", path, expected=expected, got=got
            )
    if isinstance(part.part.key, DerivationKey):
        yield from _derived_steps(part, part.part.key)
        return
    if steps and (wrong := _last_step(part, part.part.key, steps[-1].formula)):
        yield part.broken(2, "the last step is not the key", path, expected=wrong, got=steps[-1].formula.text())


def _derived_steps(part: Inspected, key: DerivationKey) -> Iterator[Broken]:
    """Worked steps that an author wrote for a derivation: typed, they earn full marks."""
    typed = "\n".join(f"{line.name} = {line.formula.text()}" for line in part.part.steps)
    verdict = judge(typed, key)
    if verdict.outcome is not Outcome.RIGHT:
        path = (*part.path, "steps") if part.spec.steps else part.key_path
        yield part.broken(2, "the steps are not a right derivation", path, expected="full marks", got=_told(verdict))


def _last_step(part: Inspected, key: Key, last: Formula) -> str:
    """What the key is where the last step is something else; ''."""
    match key:
        case FormulaKey(formula=formula):
            return "" if _equal(last, formula) else formula.text()
        case NumberKey(value=value):
            return "" if _number_equal(last, value) else number_text(value, None)
        case ChoiceKey():
            right = next(option.label for option in key.options if option.right)
            pieces = dict(part.part.choices)[right]
            if len(pieces) == 1 and isinstance(pieces[0], Formula):
                return "" if _equal(last, pieces[0]) else pieces[0].text()
    return ""


def _equal(a: Formula, b: Formula) -> bool:
    if not a.scope.symbols:
        return _number_equal(a, _exact(b))
    return isinstance(compare(a, b), Equal)


def _number_equal(formula: Formula, value: Any) -> bool:
    mine = _exact(formula)
    if mine is None or value is None:
        return False
    return bool(mine == value or abs(float(mine) - float(value)) <= 1e-12 * abs(float(value)))


def _exact(formula: Formula) -> Any:
    from grader.formula.exact_value import exact

    try:
        return exact(formula)
    except (Undefined, ValueError):
        return None


def check_mistakes(part: Inspected) -> Iterator[Broken]:
    """Promise 3: an active mistake, typed, earns exactly its own sentence. One of code differs in some case."""
    key = part.part.key
    declared = {mistake.name: i for i, mistake in enumerate(part.spec.mistakes)}
    if isinstance(key, CodeKey) and key.accuracy is None:
        told = {mistake.name for mistake in key.mistakes}
        for name in (name for name in declared if name not in told):
            what = f"the mistake {name!r} returns in every case what is right, or what a mistake before it returns"
            yield part.broken(3, what, (*part.path, "mistakes", declared[name]))
    for name, typed, says in _mistakes(key):
        verdict = judge(typed, key)
        marked = Outcome.PARTIAL if isinstance(key, DerivationKey) and verdict.score else Outcome.WRONG
        exactly = verdict.outcome is marked and verdict.mistake == name
        if not exactly or says not in map(sentence, verdict.feedback[:2]):
            path = (*part.path, "mistakes", declared[name]) if name in declared else part.key_path
            got = f"{verdict.outcome} {verdict.mistake} ({_told(verdict)})"
            yield part.broken(3, f"the mistake {name!r}, typed as {typed!r}", path, expected=says, got=got)


def _mistakes(key: Key) -> Iterator[tuple[str, str, str]]:
    """Name, text to type, and sentence of every active mistake."""
    match key:
        case FormulaKey(mistakes=mistakes):
            yield from ((m.name, m.key.text(), m.says) for m in mistakes)
        case DerivationKey(mistakes=lines):
            yield from ((m.name, m.typed, m.says) for m in lines)
        case NumberKey(mistakes=numbers):
            yield from ((m.name, number_text(m.key, None), m.says) for m in numbers)
        case ShapeKey(mistakes=shapes):
            yield from ((m.name, str(m.key), m.says) for m in shapes)
        case ChoiceKey(options=options):
            yield from ((o.name, o.label, o.says) for o in options if not o.right and o.says)


def check_also(part: Inspected, place: Path, text: str) -> Iterator[Broken]:
    """Promise 4: a further right answer earns full marks, by a key of its own where it is a formula or a number."""
    verdict = judge(text, part.part.key, also=(text,))
    if verdict.outcome is not Outcome.RIGHT:
        yield part.broken(4, f"the further answer {text!r}", place, expected="full marks", got=_told(verdict))


def check_key(part: Inspected, sandbox: Sandbox | None) -> Iterator[Broken]:
    """Promise 4: the key, typed in every spelling, earns full marks. Model answers of code run in the sandbox."""
    key = part.part.key
    if isinstance(key, CodeKey) and (sandbox is None or not part.part.model):
        return
    for spelling, typed in _spellings(part, key):
        verdict = judge(typed, key, sandbox=sandbox)
        if verdict.outcome is not Outcome.RIGHT or verdict.score != 1:
            shown = "the model answer" if isinstance(key, CodeKey) else repr(typed)
            got = f"{verdict.outcome}, {verdict.score:g} ({_told(verdict)})"
            yield part.broken(4, f"{shown} ({spelling})", expected="full marks", got=got)


def _spellings(part: Inspected, key: Key) -> Iterator[tuple[str, str]]:
    yield "as a student types it", part.part.answer_text
    if isinstance(key, FormulaKey):
        yield "Unicode", key.formula.unicode()
        yield "LaTeX", key.formula.latex()
    if isinstance(key, DerivationKey):
        steps = part.part.steps
        yield "Unicode", "\n".join(f"{line.name} = {line.formula.unicode()}" for line in steps)
        yield "LaTeX", " \\\\ ".join(f"{name_latex(line.name)} = {line.formula.latex()}" for line in steps)
    if isinstance(key, NumberKey):
        yield "exactly", number_text(key.value, None)
        yield "with a blank around", f" {part.part.answer_text} "


def check_variant(part: Inspected, again: Inspected) -> Iterator[Broken]:
    """Promise 5: drawn twice alike, nothing unfilled in any text, and `forward` finite on its cases."""
    if again.part is not part.part and seen(part) != seen(again):
        yield part.broken(5, "two draws of one seed differ", expected=seen(part), got=seen(again))
    for name, text in part.context.drawn.spelled.items():
        if "$" in text:
            yield part.broken(5, f"the drawn text {name!r} holds a $; mathematics is not read there", ("draw",))
    for prose in (part.part.prompt, *part.part.hints, *(prose for _, prose in part.part.choices)):
        if unfilled := _unfilled(part, prose):
            yield part.broken(5, f"{unfilled} stands unfilled in a text", (*part.path, "prompt"))
    yield from _finite(part)


def seen(part: Inspected) -> tuple[str, ...]:
    """Everything of a part that a learner sees, and the right answer."""
    shown = part.part
    lines = [f"{label}) {prose}" for label, prose in shown.choices]
    steps = [f"{line.name} = {line.formula.text()}  # {line.comment}" for line in shown.steps]
    answer = "" if shown.kind == "code" else shown.answer_text
    return (shown.prompt.text(), *lines, *(hint.text() for hint in shown.hints), *steps, answer, *shown.active)


def _unfilled(part: Inspected, prose: Prose) -> str:
    names = "|".join(map(re.escape, part.context.drawn.spelled))
    found = re.search(rf"\{{(?:{names}|forward)\}}", prose.text()) if names else None
    return found[0] if found else ""


def _finite(part: Inspected) -> Iterator[Broken]:
    program = part.context.program
    for line in program.lines if program else ():
        for case in sample_cases(line.formula.scope, seed="finite", points=ORDINARY):
            if not np.isfinite(evaluate(line.formula, case)).all():
                yield part.broken(5, f"{line.name} of `forward` is not finite on a case", ("forward",))
                break


def _told(verdict: Verdict) -> str:
    return " ".join(sentence(feedback) for feedback in verdict.feedback)
