"""What the templates show: plain frozen data, all mathematics and prose already HTML.

Views are made from questions and verdicts in `chainrule/viewing.py` and styled by `templates/`.
Fields of type Markup are HTML; fields of type str are text and are escaped by the templates.
"""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

NOTHING = Markup()


@dataclass(frozen=True)
class SymbolView:
    """One row of the table of symbols: "x", "vector of D", "each entry between 0 and 1"."""

    name: Markup
    shape: str
    domain: str = ""


@dataclass(frozen=True)
class OptionView:
    """One line to choose or to put in order, under its letter."""

    label: str
    text: Markup


@dataclass(frozen=True)
class PartView:
    """One part of a question. letter: "a", "b", ..., or '' where the question has a single part.

    ask: how to answer, in one sentence. lines: empty lines to write on. box: "" or what stands before each option
    on paper: "circle" (one is right), "square" (any number), "rank" (a place for a number).
    """

    letter: str
    prompt: Markup
    marks: float
    kind: str
    ask: str
    lines: int = 0
    symbols: tuple[SymbolView, ...] = ()
    options: tuple[OptionView, ...] = ()
    box: str = ""
    starter: Markup = NOTHING
    picture: Markup = NOTHING


@dataclass(frozen=True)
class QuestionView:
    """One question of a quiz. version: of the family's file."""

    number: int
    id: str
    version: str
    seed: str
    title: str
    level: int
    source: str
    parts: tuple[PartView, ...]

    @property
    def marks(self) -> float:
        """Marks of all parts together."""
        return sum(part.marks for part in self.parts)


@dataclass(frozen=True)
class StepView:
    """One worked step: `name = formula` as MathML, the reason, and its value in the example."""

    formula: Markup
    comment: str = ""
    value: str = ""


@dataclass(frozen=True)
class ExampleView:
    """What letters stand for. given: `x = (1, −2)`; graph: of a forward program, with these numbers, as SVG.

    picture: of the worked solution.
    """

    given: tuple[str, ...]
    graph: Markup | None = None
    picture: Markup | None = None


@dataclass(frozen=True)
class LineView:
    """One line of a derivation as typed. status: right, follows, wrong, taken, unreadable; says: the same in words."""

    number: int
    text: str
    status: str
    mark: str
    says: str


@dataclass(frozen=True)
class JudgedView:
    """One part with its answer and verdict.

    answer: as typed, in HTML (highlighted where it is code); '' where nothing was answered.
    reading: how it was understood. evidence: what the verdict rests on, in one sentence.
    lines: of a derivation, in the place of the answer.
    """

    part: PartView
    answer: Markup
    reading: Markup
    outcome: str
    earned: float
    feedback: tuple[str, ...]
    mistake: str
    evidence: str
    right_answer: Markup
    lines: tuple[LineView, ...] = ()


@dataclass(frozen=True)
class GradedView:
    """One graded question."""

    question: QuestionView
    parts: tuple[JudgedView, ...]
    steps: tuple[StepView, ...] = ()
    example: ExampleView | None = None

    @property
    def earned(self) -> float:
        """Marks earned in all parts together."""
        return sum(part.earned for part in self.parts)


@dataclass(frozen=True)
class MistakeView:
    """A typical wrong answer and the sentence that corrects it."""

    name: str
    answer: Markup
    says: str


@dataclass(frozen=True)
class SolvedPartView:
    """A part together with its right answer and its typical mistakes."""

    part: PartView
    right_answer: Markup
    mistakes: tuple[MistakeView, ...] = ()


@dataclass(frozen=True)
class WorkedView:
    """A question worked through, for a revision sheet."""

    question: QuestionView
    parts: tuple[SolvedPartView, ...]
    steps: tuple[StepView, ...] = ()
    hints: tuple[Markup, ...] = ()
    example: ExampleView | None = None
