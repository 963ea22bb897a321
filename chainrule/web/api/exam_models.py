"""Exams as JSON: as they are listed, sat and reported. Nothing here names a family, a seed or a version."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from chainrule.web.api.base import Said
from chainrule.web.api.questions import Prompt, QuestionPart
from chainrule.web.api.verdicts import OutcomeWord, VerdictSaid

PhaseWord = Literal["open", "grading", "hidden", "report"]


class Blueprint(Said):
    """What an exam of one's own can be. minutes: 0 without a limit. sections: in words."""

    name: str
    title: str
    minutes: float
    sections: tuple[str, ...]


class Blueprints(Said):
    """By name."""

    blueprints: tuple[Blueprint, ...]


class Assignment(Said):
    """An exam of a class. closes: when nothing counts any more. minutes: with one's extra time, 0 without a limit.

    late_percent: of the marks, for each day begun after `due`. reveals: when results are shown. form: '' until begun.
    broken: it cannot be read any more, so it has no minutes and cannot be begun.
    """

    id: str
    title: str
    classroom: str
    minutes: float
    opens: datetime
    due: datetime
    closes: datetime
    reveals: datetime
    late_percent: float
    state: Literal["early", "open", "late", "closed"]
    form: str = ""
    broken: bool = False


class ExamEntry(Said):
    """An exam that was begun. phase: open, being graded, results hidden so far, or with a report.

    ends: null without a limit. assignment: '' for one of one's own. broken: it is not graded, and cannot be read any
    more: what it asks was changed or removed.
    """

    form: str
    title: str
    phase: PhaseWord
    begun: datetime
    ends: datetime | None
    assignment: str = ""
    url: str
    broken: bool = False


class Exams(Said):
    """The latest first. assignments: of the classes whose student one is."""

    exams: tuple[ExamEntry, ...]
    assignments: tuple[Assignment, ...]


class Told(Said):
    """What is said of an answer while the exam runs. outcome: '' while it waits. says: '' unless all is told."""

    outcome: OutcomeWord | Literal[""]
    says: str = ""


class ExamPart(QuestionPart):
    """A part with what was saved. name: such as `3b`. draft: of the answer that is shown, '' without one.

    told: only in exams that say at once what an answer is worth.
    """

    name: str
    answer: str = ""
    saved: datetime | None = None
    draft: str = ""
    told: Told | None = None


class ExamQuestion(Said):
    """A question of an exam. number: from 1. section: the title of its section."""

    number: int
    title: str
    section: str
    marks: float
    parts: tuple[ExamPart, ...]


class Exam(ExamEntry):
    """An exam as it stands. left: seconds, null without a limit. questions: only while it is open.

    ended: when it was handed in. by_time: by the clock. ahead: how many exams are graded before it. reveals: when
    its results are shown; null at once.
    """

    left: float | None
    feedback: Literal["none", "outcome", "full"]
    instructions: Prompt | None
    marks: float | None = None
    questions: tuple[ExamQuestion, ...] = ()
    ended: datetime | None = None
    by_time: bool = False
    ahead: int = 0
    reveals: datetime | None = None


class Kept(Said):
    """An answer that is kept. answer: what counts now. draft: its id, to be sent along next time.

    reading: how it is understood, or why it cannot be. elsewhere: what another program had saved meanwhile.
    """

    at: datetime
    answer: str
    draft: str
    reading: str
    elsewhere: str
    left: float | None


class Share(Said):
    """Marks of some questions. name: of a section or topic."""

    name: str
    questions: int
    earned: float
    possible: float


class ReportPart(Said):
    """A part with its verdict. verdict: null without an answer. right: a right answer."""

    id: str
    name: str
    prompt: Prompt
    answer: str
    verdict: VerdictSaid | None
    earned: float
    marks: float
    right: Prompt


class ReportQuestion(Said):
    """A question with what it earned. seconds: spent on it."""

    number: int
    title: str
    seconds: float
    parts: tuple[ReportPart, ...]


class Report(Said):
    """What came of an exam. counted: marks after what lateness costs. grade: '' where there are none.

    lost: questions that were changed since, and are left out with their marks.
    """

    form: str
    title: str
    ended: datetime
    by_time: bool
    earned: float
    counted: float
    possible: float
    grade: str
    sections: tuple[Share, ...]
    topics: tuple[Share, ...]
    questions: tuple[ReportQuestion, ...]
    lost: int
