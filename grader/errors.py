"""The two kinds of error: what a learner typed, and what an author declared.

ChainruleError
├── LearnerError   shown to the learner; becomes an `unreadable` verdict
└── AuthorError    shown to whoever wrote the question; never reaches a learner
"""

from __future__ import annotations

from grader.verdict import Feedback


class ChainruleError(Exception):
    """Base of every error that this project raises on purpose."""


class LearnerError(ChainruleError):
    """What was typed cannot be used; `feedback` says what, where and the remedy."""

    def __init__(self, feedback: Feedback) -> None:
        from grader.sentences import sentence

        super().__init__(sentence(feedback))
        self.feedback = feedback


class AuthorError(ChainruleError):
    """A question, sheet or setting is wrong; the message names the place and what was expected."""
