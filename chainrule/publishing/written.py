"""Writing an export: from the format's name to its files."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, cast

from chainrule import files

if TYPE_CHECKING:
    from chainrule.publishing.chosen import Chosen, LeftOut
    from chainrule.publishing.forms import Export


@dataclass(frozen=True)
class Settings:
    """What was asked for on the command line."""

    format: str
    out: Path
    force: bool = False
    file: Path | None = None
    folders: Sequence[Path] | None = None  # of the bank; None for the shipped one
    sheets: tuple[str, ...] = ()
    formulas: bool = False
    solutions: bool = True
    checks: bool = True
    torch: bool = True
    visibility: str = "visible"
    student: str | None = None
    wheels: Path | None = None
    skip_changed: bool = False

    def files(self) -> tuple[Path, ...]:
        """The files that will be written, as far as that is known before."""
        if self.format == "pdf":
            return self.out, key_path(self.out)
        return (self.out,)


def key_path(paper: Path) -> Path:
    """Where the key to a paper is written: `paper-key.pdf` beside `paper.pdf`."""
    return paper.with_name(f"{paper.stem}-key{paper.suffix}")


@dataclass(frozen=True)
class Written:
    """What was written. next_words: of a command that goes on from there."""

    files: tuple[Path, ...]
    questions: int
    left_out: tuple[LeftOut, ...] = ()
    remarks: tuple[LeftOut, ...] = ()
    lost: tuple[str, ...] = ()
    next_words: tuple[str, ...] = ()

    def record(self) -> dict[str, Any]:
        """The same as JSON values."""
        return {
            "files": [{"file": str(path), "bytes": path.stat().st_size} for path in self.files],
            "questions": self.questions,
            "left_out": [{"question": one.what, "why": one.why} for one in self.left_out],
            "remarks": [{"question": one.what, "why": one.why} for one in self.remarks],
            "lost": list(self.lost),
        }


def lost_sentence(lost: Sequence[str]) -> str:
    """Which questions were changed since the quiz was drawn, and the remedy."""
    more = f" (and {len(lost) - 1} more)" if len(lost) > 1 else ""
    return f"{lost[0]}{more}; --skip-changed publishes the others"


Writer = Callable[[Settings, "Chosen | None"], Written]
# The function `write` of each module, imported when its format is asked for.
WRITERS: Mapping[str, str] = MappingProxyType(
    {
        "moodle": "moodle",
        "qti": "qti",
        "anki": "anki",
        "notebook": "notebook",
        "pdf": "pdf_paper",
        "gradescope": "gradescope",
        "gradescope-results": "gradescope_results",
    }
)


def write(settings: Settings, chosen: Chosen | None) -> Written:
    """Writes the export. Raises InputError where a file cannot be used or written, AuthorError for the questions."""
    writer = cast(Writer, import_module(f"chainrule.publishing.{WRITERS[settings.format]}").write)
    written = writer(settings, chosen)
    if chosen is None:
        return written
    return Written(
        written.files,
        written.questions,
        (*chosen.twice, *written.left_out),
        written.remarks,
        chosen.lost,
        written.next_words,
    )


def write_export(settings: Settings, export: Export, *next_words: str) -> Written:
    """Writes an export of one file."""
    write_bytes(settings.out, export.content)
    return Written((settings.out,), export.questions, export.left_out, export.remarks, next_words=tuple(next_words))


def write_bytes(path: Path, content: bytes) -> None:
    """Writes one file; a folder is refused with a remedy."""
    if path.is_dir():
        raise files.InputError(f"{path}: is a folder; name a file in it")
    files.write(path, content)
