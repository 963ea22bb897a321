"""Taking in what a class handed in: from a folder or one zip file, student by student."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from chainrule.bulk.owners import Owned, owners, wrapped
from chainrule.bulk.records import Submitted
from chainrule.bulk.roster import Roster
from chainrule.bulk.sources import FolderSource, Source, ZipSource
from chainrule.bulk.taking import Limits, Taking
from chainrule.bulk.zips import Refused, opened, printable
from chainrule.files import InputError

CLASS_DIRECTORY_BYTES = 200_000_000  # the list of files in a zip of the whole class, about 100 bytes a file


def submissions(
    path: Path, *, roster: Roster | None = None, leave_out: Collection[Path] = (), limits: Limits | None = None
) -> Iterator[Submitted]:
    """What each student handed in, sorted by id; of a roster also who handed in nothing, without files.

    path: a folder or a zip file, with a folder or files for each student, or as Canvas, Moodle and Gradescope deliver
    it. The files of a submission are copies that last until the next one is asked for, or the iterator is let go.
    leave_out: what lies in the folder and was not handed in. What of a submission cannot be taken is its `problems`
    alone. Raises InputError where the path itself cannot be read.
    """
    with _source(path, roster, leave_out) as source, TemporaryDirectory(prefix="chainrule-class-") as work:
        for owned in owners(source, roster):
            with TemporaryDirectory(dir=work) as root:
                yield _submitted(source, owned, Path(root).resolve(), limits or Limits())


def _submitted(source: Source, owned: Owned, root: Path, limits: Limits) -> Submitted:
    taking = Taking(root, limits)
    for name, handed_in in owned.names.items():
        pieces = source.pieces(name)
        if handed_in:  # a file, which the platform gave a longer name
            pieces = (replace(piece, name=handed_in) for piece in pieces)
        several = not handed_in and len(owned.names) > 1
        taking.take(pieces, within=(printable(name),) if several else ())
    problems = (*owned.problems, *taking.told())
    return Submitted(owned.student, root, tuple(sorted(taking.files)), problems, late=owned.late, at=owned.at)


@contextmanager
def _source(path: Path, roster: Roster | None, leave_out: Collection[Path]) -> Iterator[Source]:
    """What the path holds, without a folder around everything."""
    with ExitStack() as stack:
        try:
            source = _folder(path, roster, leave_out) if path.is_dir() else _zip(path, roster, stack)
        except Refused as error:
            raise InputError(f"{path}: {error}. Expected is a folder of submissions, or a zip file of one") from None
        except OSError as error:
            raise InputError(f"{path}: {(error.strerror or 'cannot be read').lower()}") from None
        yield source


def _folder(path: Path, roster: Roster | None, leave_out: Collection[Path]) -> Source:
    return _within(FolderSource(path, leave_out), lambda name: FolderSource(path / name, leave_out), roster)


def _zip(path: Path, roster: Roster | None, stack: ExitStack) -> Source:
    archive = stack.enter_context(opened(stack.enter_context(path.open("rb")), most=CLASS_DIRECTORY_BYTES))
    return _within(ZipSource(archive), lambda name: ZipSource(archive, before=name), roster)


def _within(source: Source, below: Callable[[str], Source], roster: Roster | None) -> Source:
    """What lies below a folder around everything, else the source itself."""
    names = source.names()
    if len(names) != 1 or not all(names.values()):
        return source
    (name,) = names
    inner = below(name)
    return inner if wrapped(name, inner.names(), roster) else source
