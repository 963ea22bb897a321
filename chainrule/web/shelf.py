"""The revision sheets of a server: each made once, by a process beside it, and kept for the next start too."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from threading import Condition, Thread
from typing import TYPE_CHECKING, Protocol

from chainrule.web.kept_sheets import KeptSheets
from chainrule.web.sheet_pieces import Maker, Pieces
from grader.errors import AuthorError

if TYPE_CHECKING:
    from types import TracebackType

ROOT = Path(__file__).resolve().parent.parent.parent
TRIES = 2
log = logging.getLogger("chainrule.sheets")


class Shelf(Protocol):
    """Where pages get sheets from. It may be used from several threads."""

    def get(self, topic: str) -> Pieces | None:
        """The sheet of a topic; None as long as it is being made. Raises AuthorError where it is broken."""

    def made(self) -> Mapping[str, Pieces]:
        """The sheets that are made, by topic."""


class ShelfHere:
    """Sheets made where they are asked for, one after another."""

    def __init__(self, folders: Sequence[Path] | None = None) -> None:
        self._maker, self._made = Maker(folders), dict[str, Pieces]()
        self._lock = Condition()

    def get(self, topic: str) -> Pieces:
        """The sheet."""
        with self._lock:
            if topic not in self._made:
                self._made[topic] = self._maker.make(topic)
            return self._made[topic]

    def made(self) -> Mapping[str, Pieces]:
        """Those that were asked for."""
        with self._lock:
            return dict(self._made)


class ShelfBeside:
    """Sheets made by a process of their own, from when it is entered; one that is asked for comes next.

    Those that an earlier server kept are there at once.
    """

    def __init__(self, folders: Sequence[Path] | None, topics: Sequence[str]) -> None:
        self._folders, self._wanted, self._kept = folders, list(topics), KeptSheets(folders)
        self._made, self._broken = dict[str, Pieces](), dict[str, str]()
        self._changed = Condition()
        self._ended = False
        self._process: subprocess.Popen[str] | None = None
        self._thread = Thread(target=self._work, name="sheets", daemon=True)

    def __enter__(self) -> ShelfBeside:
        self._thread.start()
        return self

    def __exit__(self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None) -> None:
        with self._changed:
            self._ended = True
            self._changed.notify_all()
        self._end_process()
        self._thread.join(5)

    def get(self, topic: str) -> Pieces | None:
        """The sheet, or None: then it is made next."""
        with self._changed:
            if topic in self._made:
                return self._made[topic]
            if topic in self._broken:
                raise AuthorError(self._broken[topic])
            if topic in self._wanted:
                self._wanted.remove(topic)
                self._wanted.insert(0, topic)
            return None

    def made(self) -> Mapping[str, Pieces]:
        """Those that are made."""
        with self._changed:
            return dict(self._made)

    def _work(self) -> None:
        self._take_kept()
        while (topic := self._next()) is not None:
            answer = self._asked(topic)
            self._settle(topic, answer)
        self._end_process()

    def _take_kept(self) -> None:
        for topic in list(self._wanted):
            pieces = self._kept.load(topic)
            if pieces is not None:
                with self._changed:
                    self._wanted.remove(topic)
                    self._made[topic] = pieces

    def _settle(self, topic: str, answer: dict[str, str]) -> None:
        with self._changed:
            self._wanted.remove(topic)
            if "error" in answer:
                log.error("a sheet cannot be made", extra={"topic": topic, "error": answer["error"]})
                self._broken[topic] = f"the sheet of {topic}: {answer['error']}"
            elif answer:
                self._made[topic] = Pieces(**answer)
        if topic in self._made:
            self._kept.save(self._made[topic])

    def _next(self) -> str | None:
        with self._changed:
            return None if self._ended or not self._wanted else self._wanted[0]

    def _asked(self, topic: str) -> dict[str, str]:
        """What the process answers, asked twice where it ends over it."""
        for _ in range(TRIES):
            answer = self._answer(topic)
            if answer or self._ended:
                return answer
            log.error("the process that makes sheets ended", extra={"topic": topic})
            self._end_process()
        return {"error": f"the sheet of {topic} could not be made"}

    def _answer(self, topic: str) -> dict[str, str]:
        try:
            process = self._started()
            assert process.stdin is not None and process.stdout is not None
            process.stdin.write(topic + "\n")
            process.stdin.flush()
            answer: dict[str, str] = json.loads(process.stdout.readline() or "{}")
        except (OSError, ValueError):
            return {}
        return answer

    def _started(self) -> subprocess.Popen[str]:
        if self._process is None or self._process.poll() is not None:
            folders = [str(Path(folder).absolute()) for folder in self._folders or ()]
            self._process = subprocess.Popen(
                # -P and the working folder keep other files from being imported
                [sys.executable, "-P", "-s", "-m", "chainrule.web.sheet_worker", *folders],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                encoding="utf-8",
                env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONSAFEPATH": "1", "PYTHONUTF8": "1"},
                cwd=ROOT.anchor,
                start_new_session=True,  # Ctrl-C reaches the server, which closes this process
            )
        return self._process

    def _end_process(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.communicate()
