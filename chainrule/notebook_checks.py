"""Checks within a notebook: `check("layers.softmax-backward", 7, "a", In)` prints the verdict on what was typed."""

from __future__ import annotations

from collections.abc import Sequence

from chainrule.definitions import defines, imports_for
from chainrule.magics import without_magics
from chainrule.untouched import is_untouched


def check(question: str, seed: int, part: str, answer: str | Sequence[str]) -> None:
    """Prints the verdict on an answer.

    answer: its text; for code the notebook's `In`, of which the last cell that defines the function counts, with the
    imports above it. Raises AuthorError for a question that there is not.
    """
    from chainrule.grading import grade
    from chainrule.wording import verdict_lines
    from questions.bank import load_bank, load_family

    family = load_family(question) or load_bank().family(question)
    asked = family.draw(seed).part(part)
    text = answer if isinstance(answer, str) else code_of(answer, asked.entry)
    if not text.strip() or (asked.entry and is_untouched(text, asked.starter, asked.entry)):
        print("Not answered yet.")  # noqa: T201
        return
    for line, _ in verdict_lines(grade(asked, text)):
        print(line)  # noqa: T201


def code_of(inputs: Sequence[str], entry: str) -> str:
    """The last input that defines the function, with the imports that it uses; '' where there is none."""
    cells = [without_magics(source)[0] for source in inputs]
    places = [place for place, source in enumerate(cells) if defines(source, entry)]
    if not places:
        return ""
    source = cells[places[-1]]
    return "\n".join([*imports_for(source, "\n".join(cells[: places[-1]])), source])
