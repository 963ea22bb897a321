"""Judgements on disk: one line of JSON each, appended and never changed, so that a run can be taken up again."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from chainrule.bulk.records import Judgement
from chainrule.files import InputError
from grader.verdict import Verdict

TOO_LONG = "judging.too-long"


class Kept:
    """The judgements in a file, by key. Use it in a `with`; one process at a time may.

    Where a process was ended while it wrote, the last line is torn: it is cut off. Faults, and answers that took too
    long, are not taken over from earlier runs: they are judged again.
    """

    def __init__(self, path: Path, *, anew: bool = False) -> None:
        """anew: what is in the file counts for nothing, and goes with the first judgement that is kept."""
        self.path = path
        self._places: dict[bytes, int] = {}  # by key, in few bytes
        self.damaged = 0  # lines that say nothing
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = path.open("a+b")
        except OSError as error:
            raise InputError(f"{path}: {(error.strerror or 'cannot be written').lower()}") from None
        self._end = 0 if anew else self._read()
        self._began = self._end
        self._cut = False

    def __len__(self) -> int:
        return len(self._places)

    def __contains__(self, key: str) -> bool:
        return _short(key) in self._places

    def __getitem__(self, key: str) -> Judgement:
        self._file.seek(self._places[_short(key)])
        return _judgement(self._file.readline())

    def earlier(self, key: str) -> bool:
        """Whether it was kept before this file was opened."""
        return self._places.get(_short(key), self._began) < self._began

    def __enter__(self) -> Kept:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(OSError):  # what could not be written, `add` has told
            self._file.close()

    def add(self, judgements: Iterable[Judgement]) -> None:
        """Keeps those whose keys are new: they are on disk when this returns. Raises InputError."""
        new: dict[str, Judgement] = {}
        for one in judgements:
            if one.key not in self:
                new.setdefault(one.key, one)
        if not new:
            return
        places, lines = dict[bytes, int](), list[bytes]()
        end = self._end
        for one in new.values():
            lines.append(_line(one))
            places[_short(one.key)] = end
            end += len(lines[-1])
        try:
            if not self._cut:
                self._file.truncate(self._end)
                self._cut = True
            self._file.write(b"".join(lines))
            self._file.flush()
            os.fsync(self._file.fileno())
        except OSError as error:
            raise InputError(f"{self.path}: {(error.strerror or 'cannot be written').lower()}") from None
        self._places |= places
        self._end = end

    def _read(self) -> int:
        """Finds the judgements; returns where the last whole line ends."""
        self._file.seek(0)
        end = 0
        for place, line in _whole_lines(self._file):
            end = place + len(line)
            try:
                found = _judgement(line)
                key = _short(found.key)
                Verdict.from_json(found.verdict)
            except (ValueError, KeyError, TypeError, AttributeError):
                self.damaged += 1
                continue
            if is_final(found):
                self._places[key] = place
        return end


def is_final(judgement: Judgement) -> bool:
    """Whether judging the answer again would find the same."""
    codes = [remark["code"] for remark in judgement.verdict["feedback"]]
    return judgement.verdict["outcome"] != "fault" and TOO_LONG not in codes


def _whole_lines(lines: Iterable[bytes]) -> Iterator[tuple[int, bytes]]:
    place = 0
    for line in lines:
        if line.endswith(b"\n"):
            yield place, line
        place += len(line)


def _short(key: str) -> bytes:
    return bytes.fromhex(key)[:16]


def _line(judgement: Judgement) -> bytes:
    record = {"key": judgement.key, "verdict": judgement.verdict, "seconds": judgement.seconds}
    return json.dumps(record).encode() + b"\n"


def _judgement(line: bytes) -> Judgement:
    found = json.loads(line)
    return Judgement(found["key"], found["verdict"], found["seconds"])
