"""Keys that are derived from the forward program: one gradient as a formula, or a derivation of several."""

from __future__ import annotations

import re
from collections.abc import Mapping

from grader.derivations.quantities import alike
from grader.derivations.signs import name_of
from grader.derivations.typed import typed_lines
from grader.formula.derive import Underivable, gradients, textbook
from grader.formula.errors import ReadError
from grader.formula.reading import Formula, read
from grader.keys import DerivationKey, FormulaKey, Mistake, Partial
from grader.samples import samples
from questions.build_key import (
    Built,
    Site,
    active,
    mistake_texts,
    named,
    names,
    other_names,
    remembered,
    same_formula,
    says,
)
from questions.context import Context
from questions.decisive import decisive
from questions.document import Path
from questions.faults import FaultError
from questions.schema import PartSpec, own_oracles
from questions.variant import Derived


def gradient(site: Site) -> Built:
    """The gradient at one name, in the form that a textbook prints."""
    spec = site.part.answer.gradient
    assert spec is not None
    derived = _derived(site, spec.of)
    right = _closed(site, derived)
    wrong = [site.context.formula(text, path) for text, path in mistake_texts(site)]
    mistakes = named(site, wrong, active(site, right, wrong, same_formula))
    key = FormulaKey(
        formula=right,
        scope=site.context.scope,
        mistakes=mistakes,
        same_domain=spec.same_domain,
        asked=(f"d{spec.of}/d{derived.wanted[0]}",),
        partial=Partial(**spec.partial.model_dump()),
        alternatives=lambda: other_names(site),
    )
    return Built(lambda: key, names(mistakes), derived=derived)


def derivation(site: Site) -> Built:
    """Gradients at several names, each derived line by line."""
    spec = site.part.answer.derivation
    assert spec is not None
    derived = _derived(site, spec.of)
    key = DerivationKey(derived.program, derived.of, derived.wanted)
    mistakes = _mistaken_lines(site, key)
    key = DerivationKey(derived.program, derived.of, derived.wanted, mistakes)
    return Built(lambda: key, names(mistakes), derived=derived)


def refuse_unknown(context: Context, part: PartSpec, path: Path) -> None:
    """Raises `FaultError` where the answer is derived from `forward` and names what that does not have."""
    for oracle in own_oracles(part, context.drawn.spelled):
        assert oracle.autograd is not None
        of, name = oracle.autograd.of, oracle.autograd.with_respect_to
        where = (*path, "answer", part.answer.kind)
        if context.program is None:
            raise FaultError([context.document.fault(where, "a gradient wants a `forward` program to be derived from")])
        lines = [line.name for line in context.program.lines]
        if of not in lines:
            told = f"`of: {of}`: `forward` has no line `{of}`; its lines are {', '.join(lines)}"
            raise FaultError([context.document.fault((*where, "of"), told)])
        if name not in lines and name not in context.program.scope.symbols:
            symbols = ", ".join(context.program.scope.symbols)
            told = f"`with_respect_to: {name}` is no symbol and no line; symbols are {symbols}; "
            told += f"lines are {', '.join(lines)}"
            raise FaultError([context.document.fault((*where, "with_respect_to"), told)])


def _derived(site: Site, of: str) -> Derived:
    """The gradients asked for, once they can be derived; raises `FaultError` where they cannot."""
    refuse_unknown(site.context, site.part, site.path)
    oracles = own_oracles(site.part, site.context.drawn.spelled)
    wanted = tuple(oracle.autograd.with_respect_to for oracle in oracles if oracle.autograd is not None)
    program = site.context.program
    assert program is not None
    try:
        gradients(program, of=of, with_respect_to=wanted)
    except (ValueError, Underivable) as error:
        raise site.fault((*site.answer_path, "of"), str(error)) from None
    return Derived(program, of, wanted, site.seed)


def _closed(site: Site, derived: Derived) -> Formula:
    found = textbook(gradients(derived.program, of=derived.of, with_respect_to=derived.wanted))
    closed = found.closed(derived.wanted[0])
    return read(closed.text(), site.context.scope)


def _mistaken_lines(site: Site, key: DerivationKey) -> tuple[Mistake[Formula], ...]:
    """The declared lines that are wrong in this variant; a name that it lacks leaves a line out."""
    texts = [(filled(text, site.context.drawn.texts), path) for text, path in mistake_texts(site)]
    lines = [_line(site, key, text, path) for text, path in texts]
    formulas = [line[1] for line in lines if line is not None]

    def wrong() -> tuple[int, ...]:
        return tuple(i for i, line in enumerate(lines) if line is not None and not _is_right(key, *line))

    found = []
    for i in remembered(site, (site.part.id, decisive(site.context, formulas)), wrong):
        line, spec = lines[i], site.part.mistakes[i]
        assert line is not None
        found.append(Mistake(spec.name, line[1], says(site, i), spec.worth, typed=texts[i][0]))
    return tuple(found)


def filled(text: str, texts: Mapping[str, str]) -> str:
    """A line with the drawn texts in the place of `{name}`, each in brackets, as a student would type it."""
    return re.sub(r"\{(\w+)\}", lambda found: f"({texts[found[1]]})" if found[1] in texts else found[0], text)


def _line(site: Site, key: DerivationKey, text: str, path: Path) -> tuple[str, Formula] | None:
    """Whose gradient a line gives, and its right side; None for a name that this variant lacks."""
    quantities = key.quantities
    typed = typed_lines(text)
    if len(typed) != 1 or not typed[0].left or len(typed[0].links) != 1:
        raise site.fault(path, f"came {text!r}, expected one line, such as `dz = t - y`")
    name = quantities.signs.claimed(name_of(quantities.signs.plain(typed[0].left)))
    if not name:
        return None
    try:
        return name, read(quantities.signs.plain(typed[0].links[0]), quantities.scope)
    except ReadError as error:
        raise site.fault(path, str(error)) from None


def _is_right(key: DerivationKey, name: str, formula: Formula) -> bool:
    return alike(samples(formula, key.quantities.cases), key.quantities.gradients[name].samples)
