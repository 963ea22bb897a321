"""What `import chainrule` offers, gathered from the packages below."""

from __future__ import annotations

from chainrule.grading import grade
from grader.verdict import Verdict
from questions.bank import load_bank
from questions.family import Family
from questions.variant import Variant

__all__ = ["Family", "Variant", "Verdict", "grade", "load_bank"]
