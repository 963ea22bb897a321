"""What pages need of whoever judges answers in the background."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from chainrule.classes.records import Job
    from grader.verdict import Verdict
    from questions.family import Family
    from questions.variant import Part


class Judging(Protocol):
    """Judges jobs one after another, each lane for itself, and never loses one that it took."""

    def submit(self, job: Job) -> None:
        """Takes a job: it is in the store when this returns, and judged some day, whatever happens to the server.

        Every answer before the attempt is in the store becomes one attempt of the job's id, at most once.
        """

    def wait(self, id: str, seconds: float) -> Job | None:
        """The job as it is when it is done, or after so many seconds; None where there is none of that id."""

    def ahead(self, id: str) -> int:
        """How many jobs of its lane are judged before it; 0 where it is being judged, or done."""

    def waiting(self, learner: str) -> int:
        """How many jobs of that learner are not done."""

    def look(self, learner: str, family: Family, seed: int, part: Part, answer: str, seconds: float) -> Verdict | None:
        """The verdict on an answer that is not kept; None where it takes more than so many seconds."""

    def healthy(self) -> bool:
        """Whether jobs are judged at present."""

    def close(self) -> None:
        """Lets go of processes; what waits stays in the store for the next start."""
