"""Practice on a server: questions asked there, and answers handed in, each once however often it is sent."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from chainrule.grading import GradedPart, GradedQuiz
from chainrule.remote.errors import RemoteError, RemoteRefusal
from chainrule.remote.verdicts import verdict_from
from grader.verdict import Feedback, Verdict, unreadable

if TYPE_CHECKING:
    from chainrule.quizfile import Answered
    from chainrule.remote.client import Remote
    from questions.variant import Variant

WAIT = 10  # seconds that the server is asked to wait for a verdict
FOR_GOOD = frozenset({404, 409, 410, 413, 422})  # refusals that are about one question or answer
LONGEST = 600  # tries to get a verdict: an hour and a half


@dataclass(frozen=True)
class Handed:
    """An answer that was handed in and judged. url: of its page."""

    id: str
    url: str
    verdict: Verdict


def key_of(*words: object) -> str:
    """A key that stands for a request with this content."""
    return hashlib.sha256("\n".join(map(str, words)).encode("utf-8", "surrogatepass")).hexdigest()


def ask(remote: Remote, family: str, seed: int, *, salt: str = "") -> Any:
    """The question as it is asked there: always the same one, so that it can be gone on with. salt: for another one."""
    return remote.post("/items", {"family": family, "seed": seed}, key=key_of("item", salt, family, seed))


def hand_in(
    remote: Remote, item: str, part: str, answer: str, *, salt: str = "", waits: Callable[[int], None]
) -> Handed:
    """The answer judged: the same answer to the same part is judged once. waits: is told how many come before it."""
    address = f"/items/{quote(item, safe='')}/parts/{quote(part, safe='')}/answers?wait={WAIT}"
    said = remote.post(address, {"answer": answer}, key=key_of("answer", salt, item, part, answer))
    for _ in range(LONGEST):
        if said["state"] == "done":
            return Handed(said["id"], said["url"], verdict_from(said["verdict"]))
        waits(said["ahead"])
        said = remote.get(f"/answers/{said['id']}?wait={WAIT}")
    raise RemoteError(f"{remote.server}: has not judged the answer {said['id']} so far; submit the file again later")


def submit_quiz(
    remote: Remote, answered: Answered, *, salt: str = "", each: Callable[[int], None] = lambda _: None,
    waits: Callable[[int], None] = lambda _: None,
) -> GradedQuiz:  # fmt: skip
    """Every part with the server's verdict. What it does not take is told under `lost`; others are judged all the same.

    each: is told how many parts are done.
    """
    sender = _Sender(remote, answered, salt, waits)
    parts: list[GradedPart] = []
    for number, variant in enumerate(answered.quiz.items, start=1):
        parts += sender.question(number, variant)
        each(len(parts))
    return GradedQuiz(answered.quiz, tuple(parts), (*answered.lost, *sender.lost))


class _Sender:
    """Sends one quiz. Mutable: it collects what was lost."""

    def __init__(self, remote: Remote, answered: Answered, salt: str, waits: Callable[[int], None]) -> None:
        self._remote, self._answered, self._salt, self._waits = remote, answered, salt, waits
        self.lost: list[str] = []

    def question(self, number: int, variant: Variant) -> list[GradedPart]:
        """The parts of a question."""
        answers = {part.id: self._answered.answers.get((number, part.id), "") for part in variant.parts}
        item = self._ask(number, variant) if any(map(str.strip, answers.values())) else None
        graded = []
        for part in variant.parts:
            verdict, answer = None, answers[part.id]
            if (problem := self._answered.problems.get((number, part.id))) is not None:
                verdict = unreadable(Feedback("quiz.answer", {"what": problem}))
            elif item is not None and answer.strip():
                verdict = self._judged(f"question {number} ({variant.family})", item, part.id, answer)
            graded.append(GradedPart(number, variant, part, answer, verdict))
        return graded

    def _ask(self, number: int, variant: Variant) -> str | None:
        """The item's id; None where the server has no such question, or another version of it."""
        where = f"question {number} ({variant.family})"
        try:
            item = ask(self._remote, variant.family, variant.seed, salt=self._salt)
        except RemoteRefusal as error:
            self._lose(where, error)
            return None
        if item["version"] != variant.version:
            self.lost.append(
                f"{where}: {self._remote.server} has another version of it ({item['version']}, here "
                f"{variant.version}); update the older of the two"
            )
            return None
        return str(item["id"])

    def _judged(self, where: str, item: str, part: str, answer: str) -> Verdict | None:
        try:
            return hand_in(self._remote, item, part, answer, salt=self._salt, waits=self._waits).verdict
        except RemoteRefusal as error:
            self._lose(where, error)
            return None

    def _lose(self, where: str, error: RemoteRefusal) -> None:
        if error.status not in FOR_GOOD:
            raise error
        self.lost.append(f"{where}: {error}")
