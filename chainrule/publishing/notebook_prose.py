"""Prose as the Markdown of notebooks, with TeX between dollars."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from chainrule.publishing.asked import Asked
from chainrule.viewing import how_to_write, shape_text
from chainrule.wording import defined_names, domain_text, symbols_of
from grader.formula.latex import name_latex

if TYPE_CHECKING:
    from grader.formula.reading import Formula
    from questions.variant import Part

CODE = re.compile(r"(`+[^`]+`+)")
TAG = re.compile(r"<(?=[A-Za-z/!?])")


def prose_markdown(prose: Sequence[str | Formula]) -> str:
    """The prose as Markdown; a formula on a line by itself is displayed."""
    pieces = list(prose)
    written = []
    for place, piece in enumerate(pieces):
        if isinstance(piece, str):
            written.append(plain_markdown(piece))
        else:
            alone = _ends(pieces[place - 1] if place else "\n") and _begins((pieces[place + 1 :] or ["\n"])[0])
            written.append(f"$${piece.latex()}$$" if alone else f"${piece.latex()}$")
    return "".join(written).strip()


def _ends(before: str | Formula) -> bool:
    return isinstance(before, str) and before.rstrip(" ").endswith("\n")


def _begins(after: str | Formula) -> bool:
    return isinstance(after, str) and re.match(r"[.,;:]? *(\\?\n|$)", after) is not None


def plain_markdown(text: str) -> str:
    """Dollars that begin no formula, and no tags; code stays as it is."""
    pieces = CODE.split(text)
    return "".join(
        piece if place % 2 else TAG.sub("&lt;", piece.replace("$", r"\$")) for place, piece in enumerate(pieces)
    )


def part_markdown(asked: Asked) -> str:
    """What the part asks, with options, symbols, and how to answer."""
    part = asked.part
    lines = [f"**{asked.letter})** {prose_markdown(part.prompt)}" if asked.letter else prose_markdown(part.prompt), ""]
    lines += [f"- **{label})** {prose_markdown(text)}" for label, text in part.choices]
    marks = f"{part.marks:g} mark{'' if part.marks == 1 else 's'}"
    lines += ["", f"*{how_to_write(part)}* [{marks}]"]
    if symbols := _symbols(part):  # which the sentence before calls those below
        lines += ["", *symbols]
    return "\n".join(lines)


def _symbols(part: Part) -> list[str]:
    if part.kind not in {"formula", "derivation"}:
        return []
    rows = [
        f"- ${name_latex(symbol.name)}$, typed `{symbol.name}`: "
        + ", ".join(filter(None, [shape_text(symbol.shape), domain_text(symbol)]))
        for symbol in symbols_of(part)
    ]
    return rows + [f"- ${name_latex(name)}$, typed `{name}`, as above" for name in defined_names(part)]
