"""A part of the shipped bank for each kind of answer."""

from __future__ import annotations

from web_sites import SHIPPED

from questions.variant import Part

ONE_OF_EACH = {
    "formula": ("adversarial.best-discriminator", "objective"),
    "number": ("adversarial.density-ratio", "number"),
    "integer": ("adversarial.training-order", "count"),
    "choice": ("adversarial.notes", "line"),
    "statements": ("adversarial.statements", "a"),
    "ordering": ("adversarial.training-order", "order"),
    "shape": ("convolution.batch-norm-axes", "shape"),
    "derivation": ("adversarial.generator-gradient", "derivation"),
    "code": ("adversarial.gan-losses-code", "a"),
}


def part_of(kind: str) -> Part:
    family, part = ONE_OF_EACH[kind]
    return SHIPPED.family(family).draw(1).part(part)
