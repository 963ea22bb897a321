"""Symbolic back-propagation: the gradients of a program as formulas, step by step."""

from grader.formula.derive.backward import gradients
from grader.formula.derive.derivation import Derivation, Step
from grader.formula.derive.picked import entry
from grader.formula.derive.rules import Underivable
from grader.formula.derive.second import (
    gauss_newton_vector,
    hessian,
    hessian_vector,
    jacobian,
    jacobian_vector,
)
from grader.formula.derive.textbook import shortened, textbook

__all__ = [
    "Derivation",
    "Step",
    "Underivable",
    "entry",
    "gauss_newton_vector",
    "gradients",
    "hessian",
    "hessian_vector",
    "jacobian",
    "jacobian_vector",
    "shortened",
    "textbook",
]
