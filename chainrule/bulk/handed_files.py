"""The files of one submission as text, and errors about them without the place that they were copied to."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from chainrule import files
from chainrule.bulk.records import Submitted
from chainrule.files import InputError
from chainrule.logical_lines import logical_lines
from chainrule.notebooks import Chosen, Notebook, code_for, open_notebook

MOST = {".py": 2_000_000, ".ipynb": 60_000_000}  # bytes of code in one submission; notebooks hold outputs too


@dataclass(frozen=True)
class Found:
    """An answer as handed in. file: where it stood; problem: why it cannot be judged, for the student.

    unreadable: something was handed in for the part, which cannot be judged. chosen: the student named this file.
    """

    text: str = ""
    file: str = ""
    problem: str = ""
    unreadable: bool = False
    remarks: tuple[str, ...] = ()
    chosen: bool = False


class HandedFiles:
    """The files of a submission, read once each.

    code_files: the Python files and notebooks that are looked through, sorted. too_much: that others are not, or ''.
    """

    def __init__(self, submitted: Submitted) -> None:
        self._root = submitted.root
        self._files = {file.relative_to(submitted.root).as_posix(): file for file in submitted.files}
        self._texts: dict[str, str] = {}
        self._statements: dict[str, tuple[str, ...]] = {}
        self._notebooks: dict[str, Notebook | InputError] = {}
        self.code_files, self.too_much = self._bounded()

    def of_kind(self, *suffixes: str) -> list[str]:
        """The names of the files with one of these endings, whatever the case of their letters, sorted."""
        return sorted(name for name in self._files if PurePosixPath(name).suffix.lower() in suffixes)

    def text(self, name: str) -> str:
        """The text of a file, with plain line ends. Raises InputError that names it as handed in."""
        if name not in self._texts:
            try:
                text = files.read(self._files[name])
            except InputError as error:
                raise self._told(error) from None
            self._texts[name] = text.replace("\r\n", "\n").replace("\r", "\n")
        return self._texts[name]

    def size(self, name: str) -> int:
        """The bytes of a file."""
        return self._files[name].stat().st_size

    def statements(self, name: str) -> tuple[str, ...]:
        """The top-level statements of a Python file. Raises InputError."""
        if name not in self._statements:
            self._statements[name] = tuple(logical_lines(self.text(name)))
        return self._statements[name]

    def notebook(self, name: str) -> Notebook:
        """The cells of a notebook. Raises InputError that names it as handed in."""
        if name not in self._notebooks:
            try:
                self._notebooks[name] = replace(open_notebook(self._files[name]), name=name)
            except InputError as error:
                self._notebooks[name] = self._told(error)
        found = self._notebooks[name]
        if isinstance(found, InputError):
            raise found
        return found

    def code(self, name: str, *, question: str, entry: str) -> Found:
        """The code in a notebook for a question. Raises InputError, NoAnswer where there is none."""
        return found_in(name, code_for(self.notebook(name), question=question, entry=entry))

    def beside(self, file: str, name: str) -> str | None:
        """The file that `name` means in `file`: beside it, else the one of this name wherever it lies; None for none.

        Platforms and people change the case of letters and move files; a name that several files have is none.
        """
        path = PurePosixPath(name.replace("\\", "/"))
        wanted = str(PurePosixPath(file).parent / path)
        if wanted in self._files:
            return wanted
        alike = [known for known in self._files if PurePosixPath(known).name.casefold() == path.name.casefold()]
        return alike[0] if len(alike) == 1 else None

    def _bounded(self) -> tuple[list[str], str]:
        """The small files first where there are too many."""
        kept: list[str] = []
        left_out: list[str] = []
        for suffix, most in MOST.items():
            room = most
            for name in sorted(self.of_kind(suffix), key=lambda name: (self.size(name), name)):
                room -= self.size(name)
                (kept if room >= 0 else left_out).append(name)
        listed = ", ".join(left_out[:5]) + (", ..." if len(left_out) > 5 else "")
        problem = f"more code than is looked through, without {listed}; hand in the files that answer alone"
        return sorted(kept), problem if left_out else ""

    def _told(self, error: InputError) -> InputError:
        return type(error)(str(error).replace(f"{self._root}/", ""))


def found_in(name: str, chosen: Chosen) -> Found:
    """The code chosen in a notebook of that name."""
    return Found(encodable(chosen.code), name, remarks=tuple(map(encodable, chosen.remarks)))


def encodable(text: str) -> str:
    """The text without halves of letters, which JSON can hold and no file."""
    return text.encode("utf-8", "replace").decode()
