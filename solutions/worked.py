"""Worked solutions of gradients: from a forward program to the lines of a derivation, each with the rule behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from grader.formula.derive import Step, gradients, textbook
from grader.formula.reading import Line, Program
from grader.formula.tree import variables

WHY: Mapping[str, str] = {
    "matmul": "a product hands the gradient on through the other factor, transposed",
    "inner": "an inner product hands each vector the other one, times the gradient",
    "outer": "an outer product hands each vector the gradient times the other one",
    "transpose": "a transpose turns the gradient back",
    "add": "a sum hands the gradient on as it is",
    "sub": "a difference hands it on as it is, with a minus to what is taken away",
    "neg": "a minus turns its sign",
    "mul": "a product entry by entry: times the other factor",
    "div": "a quotient: over what is below; below the line minus the quotient over it",
    "pow": "a power: the exponent comes down, one power is left less",
    "sum": "a sum hands the gradient to each of its terms",
    "mean": "a mean hands each entry its part of the gradient",
    "Sum": "a sum over an index hands the gradient to each of its terms",
    "entry": "an entry hands the gradient to its place alone",
    "exp": "exp: times itself",
    "log": "log: over its argument",
    "sqrt": "a root: over twice itself",
    "abs": "an absolute value: times the sign",
    "sigmoid": "sigmoid: times y(1 − y)",
    "tanh": "tanh: times 1 − y²",
    "relu": "ReLU: only where its argument is positive",
    "leaky_relu": "leaky ReLU: by its slope on either side of 0",
    "softplus": "softplus: times the sigmoid of its argument",
    "softmax": "softmax: y ⊙ (g − the sum of g ⊙ y)",
    "log_softmax": "log softmax: g − softmax times the sum of g",
    "logsumexp": "log-sum-exp: its gradient is softmax",
    "norm": "a norm: the vector over its length",
    "var": "a variance: twice the deviation over the count",
    "std": "a standard deviation: the deviation over it and the count",
    "max": "a maximum hands the gradient to where it is reached",
    "maximum": "a maximum hands the gradient to the larger side",
    "where": "a case distinction hands it to the case that holds",
    "det": "a determinant: itself times the transposed inverse",
    "inv": "an inverse: −A⁻ᵀ g A⁻ᵀ",
    "trace": "a trace: the gradient on the diagonal",
}


def worked_lines(program: Program, of: str, wanted: Sequence[str]) -> tuple[Line, ...]:
    """The lines of the derivation of d of / d name for each name, one rule at a time; comments give the reasons."""
    derivation = textbook(gradients(program, of=of, with_respect_to=wanted), longest=0)
    return tuple(Line(step.name, step.formula, reason(step, program)) for step in derivation.steps)


def reason(step: Step, program: Program) -> str:
    """The rules behind a step in a sentence; for a name that is used in several places also that."""
    told = [WHY.get(rule, f"the chain rule through {rule}") for rule in step.rules] or ["the chain rule"]
    text = "; ".join(dict.fromkeys(told))
    uses = sum(any(v.name == step.of for v in variables(line.formula.tree)) for line in program.lines)
    text += f"; {step.of} is used {uses} times: what comes back is added up" if uses > 1 else ""
    return text[0].upper() + text[1:]
