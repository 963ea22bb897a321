"""Code among the files of a submission: which of them answers which question."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from chainrule.bulk.handed_files import Found, HandedFiles
from chainrule.definitions import defined_in
from chainrule.files import InputError
from chainrule.notebooks import NoAnswer
from chainrule.untouched import is_untouched

if TYPE_CHECKING:
    from chainrule.quiz import Quiz
    from questions.variant import Part, Variant

UNTOUCHED = "the file to start from was handed in as it was handed out"
_COPY = re.compile(r"([ _-]?\(?\d+\)?|[ _-]copy)$", re.IGNORECASE)  # what platforms and systems add to a second file


class CodeAnswers:
    """The code in Python files and notebooks, as far as these can be read."""

    def __init__(self, handed: HandedFiles, quiz: Quiz) -> None:
        self._handed = handed
        self._files = handed.code_files
        self._too_much = [Found(problem=handed.too_much, unreadable=True)] if handed.too_much else []
        self._asked = [item.family for item in quiz.items for part in item.parts if part.kind == "code"]

    def of(self, variant: Variant, part: Part, *, beside: Collection[str] = ()) -> list[Found]:
        """The code for that part: of the files named after the question, else of all that define its function.

        One that defines nothing of the kind is taken where it is the only one that can be meant, to be told so.
        beside: files that are read otherwise.
        """
        others = set(self._asked) - {variant.family}
        files = [name for name in self._files if name not in beside]
        named = [name for name in files if _is_named(name, variant.family, part.id)]
        free = [name for name in files if not any(_is_named(name, other) for other in others)]
        found = {name: self._code_in(name, variant, part) for name in dict.fromkeys([*named, *free])}
        for names in (named, free):
            with_code = [one for name in names for one in found[name] if one.text]
            if code := [one for one in with_code if not is_untouched(one.text, part.starter, part.entry)]:
                return code
        told = [one for name in free for one in found[name] if one.problem]
        untouched = [Found(file=one.file, problem=UNTOUCHED) for name in free for one in found[name] if one.text]
        return told or untouched or self._too_much or self._meant(named, free, part)

    def _meant(self, named: list[str], free: list[str], part: Part) -> list[Found]:
        """Where no file defines the function, the one that was meant all the same, else that there is none."""
        meant = [name for name in (named or free) if name.lower().endswith(".py")]
        if len(meant) == 1 and (named or (len(self._asked) == 1 and len(free) == 1)):
            return [Found(self._handed.text(meant[0]), meant[0])]
        if not free:
            return []
        listed = ", ".join(free[:5]) + (", ..." if len(free) > 5 else "")
        return [Found(problem=f"no file defines `{part.entry}`; looked at {listed}")]

    def _code_in(self, name: str, variant: Variant, part: Part) -> list[Found]:
        """The code of that part in a file, or why the file cannot be read; nothing where it defines no such thing."""
        try:
            if name.lower().endswith(".ipynb"):
                return [self._handed.code(name, question=variant.family, entry=part.entry)]
            defined = defined_in(self._handed.statements(name), part.entry)
            return [Found(self._handed.text(name), name)] if defined else []
        except NoAnswer:
            return []
        except InputError as error:
            return [Found(file=name, problem=str(error), unreadable=True)]


def _is_named(file: str, family: str, part: str = "") -> bool:
    """True where the file is named after the question, such as `layers.softmax-backward.py`, or `-1.py` of it."""
    stem = PurePosixPath(file).stem
    wanted = {_plain(name) for name in (family, family.partition(".")[2], f"{family}.{part}")}
    return _plain(stem) in wanted or _plain(_COPY.sub("", stem)) in wanted


def _plain(name: str) -> str:
    return re.sub(r"[\W_]+", "", name.casefold())
