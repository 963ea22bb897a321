"""The schema of a drawn network: what a family leaves to chance about a forward program."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from questions.fields import Fields, Flag, Whole, fault

Activation = Literal["sigmoid", "tanh", "relu", "leaky_relu", "softplus", "sin", "exp"]
Loss = Literal["square", "half-square", "cross-entropy", "logits", "logistic"]
Connection = Literal["plain", "residual", "product", "gate"]


class NetworkSpec(Fields):
    """A forward program that is drawn: `forward` and the symbols come from it, `{parameters}` and `{asked}` name them.

    depth: layers, at least and at most. batch, bias, shared, penalty: whether that may happen, by chance each time.
    connections: how a layer may be joined to its input; other than plain they need layers as wide as their input.
    """

    depth: tuple[Whole, Whole]
    activations: Annotated[tuple[Activation, ...], Field(min_length=1)]
    losses: Annotated[tuple[Loss, ...], Field(min_length=1)]
    connections: Annotated[tuple[Connection, ...], Field(min_length=1)] = ("plain",)
    batch: Flag = False
    bias: Flag = True
    shared: Flag = False
    penalty: Flag = False

    @model_validator(mode="after")
    def _sensible(self) -> NetworkSpec:
        low, high = self.depth
        if not 1 <= low <= high <= 6:
            raise fault(f"depth: [{low}, {high}]; expected 1 to 6 layers, the smaller number first", "depth")
        return self
