"""A Jupyter notebook: each part's prompt, a cell for its answer, and one that checks it at once.

`chainrule grade` and `chainrule grade-class` find answers by the tags of their cells.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from chainrule.picture_text import picture_text
from chainrule.pictures import picture_svg
from chainrule.publishing.forms import Export
from chainrule.publishing.notebook_prose import part_markdown, plain_markdown
from chainrule.publishing.svg_files import standalone
from chainrule.publishing.written import Settings, Written, write_export
from chainrule.quiz_data import quiz_data
from chainrule.quiz_notebook import answer_name, answer_tag

if TYPE_CHECKING:
    from chainrule.publishing.asked import Asked
    from chainrule.publishing.chosen import Chosen
    from chainrule.quiz import Quiz
    from questions.variant import Part, Variant
    from solutions.drawings import Drawing

HOW = (
    "Write each answer between the quotes of its cell, code with all that it calls in its cell; "
    "leave the tags of the cells as they are."
)
MINOR = 5  # of notebook format 4: the first whose cells have ids
Cell = dict[str, Any]


def write(settings: Settings, chosen: Chosen | None) -> Written:
    """Writes the notebook."""
    assert chosen is not None
    return write_export(settings, notebook(chosen, checks=settings.checks), "grade", str(settings.out))


def notebook(chosen: Chosen, *, checks: bool = True) -> Export:
    """The notebook. checks: with cells that check an answer by Chainrule on the student's own machine."""
    how = f"{HOW} The cell below an answer checks it." if checks else HOW
    text = notebook_text(chosen, how, kept(chosen.quiz), checks=checks)
    return Export(text.encode(), sum(1 for _ in chosen.asked()))


def notebook_text(chosen: Chosen, head: str, kept: Mapping[str, Any], *, checks: bool) -> str:
    """The notebook as JSON. head: Markdown below the title; kept: what the metadata say of the quiz."""
    cells = [_markdown("title", f"# {plain_markdown(chosen.quiz.title)}\n\n{head}")]
    for asked in chosen.asked():
        cells += _part_cells(asked, checks=checks)
    content = {
        "cells": cells,
        "metadata": {
            "chainrule": kept,
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": MINOR,
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def kept(quiz: Quiz, *, sealed: bool = False) -> dict[str, Any]:
    """The quiz as a quiz file holds it, which grading reads. sealed: as in `quiz_data`."""
    data = quiz_data(quiz, sealed=sealed)
    for variant, item in zip(quiz.items, data["items"], strict=True):
        item["parts"] = [_part_kept(part) for part in variant.parts]
    return data


def _part_kept(part: Part) -> dict[str, str]:
    return {"id": part.id, "entry": part.entry, "starter": _starter(part)} if part.kind == "code" else {"id": part.id}


def _part_cells(asked: Asked, *, checks: bool) -> list[Cell]:
    name = f"q{asked.label}"
    first = asked.part.id == asked.variant.parts[0].id
    head = f"## {asked.number}. {plain_markdown(asked.variant.title)}\n\n" if first else ""
    cells = [_prompt(name, asked, head), _answer(name, asked)]
    if checks:
        cells.append(_code(f"{name}-check", _check(asked), ["chainrule-check"]))
    return cells


def _prompt(name: str, asked: Asked, head: str) -> Cell:
    text = head + part_markdown(asked)
    if asked.part.picture is not None:
        text += f"\n\n{_image(asked.part.picture)}"
    return _markdown(f"{name}-prompt", text)


def _image(drawing: Drawing) -> str:
    """The picture as one line of HTML: JupyterLab draws no SVG among the attachments of a cell."""
    svg = base64.b64encode(standalone(picture_svg(drawing))).decode()
    label = " ".join(picture_text(drawing).split())
    made = Markup('<img src="data:image/svg+xml;base64,{}" alt="{}">').format(svg, label)
    return made.replace("$", "&#36;")  # no formula begins there


def _answer(name: str, asked: Asked) -> Cell:
    part = asked.part
    tags = [answer_tag(asked.number, part.id)]
    if part.kind == "code":
        return _code(f"{name}-answer", _starter(part), [f"chainrule:{asked.variant.family}", *tags])
    return _code(f"{name}-answer", f'{_variable(asked)} = r"""\n\n"""', tags)


def _starter(part: Part) -> str:
    return part.starter.rstrip() or f"def {part.entry}(...):\n    ..."


def _variable(asked: Asked) -> str:
    parts = [part.id for part in asked.variant.parts]
    return answer_name(asked.number, parts.index(asked.part.id), len(parts))


def _check(asked: Asked) -> str:
    variant: Variant = asked.variant
    given = "In" if asked.part.kind == "code" else _variable(asked)
    call = f'check("{variant.family}", {variant.seed}, "{asked.part.id}", {given})'
    return f"from chainrule.notebook_checks import check\n\n{call}"


def _markdown(id: str, text: str) -> Cell:
    return {"cell_type": "markdown", "id": id, "metadata": {}, "source": text.splitlines(keepends=True)}


def _code(id: str, text: str, tags: list[str]) -> Cell:
    return {
        "cell_type": "code",
        "execution_count": None,
        "id": id,
        "metadata": {"tags": tags},
        "outputs": [],
        "source": text.splitlines(keepends=True),
    }
