"""Code among the files of a submission: which of them answers which question."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from chainrule.bulk.handed_files import Found, HandedFiles
from chainrule.definitions import defines
from chainrule.files import InputError
from chainrule.logical_lines import logical_lines
from chainrule.notebooks import NoAnswer

if TYPE_CHECKING:
    from chainrule.quiz import Quiz
    from questions.variant import Part, Variant

UNTOUCHED = "the file to start from was handed in as it was handed out"
_COPY = re.compile(r"([ _-]?\(?\d+\)?|[ _-]copy)$", re.IGNORECASE)  # what platforms and systems add to a second file


class CodeAnswers:
    """The code in Python files and notebooks. problems: sentences about files that cannot be read."""

    def __init__(self, handed: HandedFiles, quiz: Quiz) -> None:
        self.problems: list[str] = []
        self._handed = handed
        self._files = handed.of_kind(".py", ".ipynb")
        self._asked = [item.family for item in quiz.items for part in item.parts if part.kind == "code"]
        self._readable = [name for name in self._files if self._can_be_read(name)]

    def of(self, variant: Variant, part: Part) -> list[Found]:
        """The code for that part: of the files named after the question, else of all that define its function.

        One that defines nothing of the kind is taken where it is the only one that can be meant, to be told so.
        """
        named = [name for name in self._readable if _is_named(name, variant.family, part.id)]
        others = set(self._asked) - {variant.family}
        free = [name for name in self._readable if not any(_is_named(name, other) for other in others)]
        found = self._defining(named, variant, part) or self._defining(free, variant, part)
        if found:
            touched = [one for one in found if not is_untouched(one.text, part)]
            return touched or [Found(file=found[0].file, problem=UNTOUCHED)]
        meant = [name for name in (named or free) if name.lower().endswith(".py")]
        if len(meant) == 1 and (named or (len(self._asked) == 1 and len(self._files) == 1)):
            return [Found(self._handed.text(meant[0]), meant[0])]
        if not free:
            return []
        listed = ", ".join(free[:5]) + (", ..." if len(free) > 5 else "")
        return [Found(problem=f"no file defines `{part.entry}`; looked at {listed}")]

    def _can_be_read(self, name: str) -> bool:
        try:
            if name.lower().endswith(".py"):
                self._handed.text(name)
        except InputError as error:
            self.problems.append(str(error))
            return False
        return True

    def _defining(self, names: list[str], variant: Variant, part: Part) -> list[Found]:
        found = []
        for name in names:
            try:
                found += self._code_in(name, variant, part)
            except InputError as error:
                if str(error) not in self.problems:
                    self.problems.append(str(error))
        return found

    def _code_in(self, name: str, variant: Variant, part: Part) -> list[Found]:
        if name.lower().endswith(".ipynb"):
            try:
                return [self._handed.notebook(name, question=variant.family, entry=part.entry)]
            except NoAnswer:
                return []
        text = self._handed.text(name)
        return [Found(text, name)] if part.entry in text and defines(text, part.entry) else []


def _is_named(file: str, family: str, part: str = "") -> bool:
    """True where the file is named after the question, such as `layers.softmax-backward.py`, or `-1.py` of it."""
    stem = PurePosixPath(file).stem
    wanted = {_plain(name) for name in (family, family.partition(".")[2], f"{family}.{part}")}
    return _plain(stem) in wanted or _plain(_COPY.sub("", stem)) in wanted


def _plain(name: str) -> str:
    return re.sub(r"[\W_]+", "", name.casefold())


def is_untouched(code: str, part: Part) -> bool:
    """True where the code is what the question's file to start from holds, comments and texts at the top aside."""
    lines = _statements(code)
    if part.starter and lines == _statements(part.starter):
        return True
    *imports, last = lines or [""]
    empty = re.fullmatch(rf"def\s+{re.escape(part.entry)}\b.*:\n?\s*(\.\.\.|pass)", last, re.DOTALL)
    return bool(empty) and all(re.match(r"(import|from)\s", line) for line in imports)


def _statements(code: str) -> list[str]:
    """The top-level statements without comments, empty lines and texts that stand alone."""
    kept: list[str] = []
    for line in logical_lines(code):
        bare = line.split("#", 1)[0].rstrip() if "'" not in line and '"' not in line else line.rstrip()
        if not bare.strip() or re.match(r"\s*r?(\"\"\"|''')", bare):
            continue
        if bare[0].isspace() and kept:
            kept[-1] += "\n" + bare
        else:
            kept.append(bare)
    return kept
