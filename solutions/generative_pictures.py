"""Pictures of generative models."""

from __future__ import annotations

from solutions.drawings import Arrow, Box, Diagram


def autoencoder() -> Diagram:
    """A variational autoencoder: z = μ + σ ε takes its noise from outside, so that gradients reach μ and σ."""
    boxes = (
        Box("x", "x", 0, 1, "input"), Box("encoder", "encoder", 0.78, 1),
        Box("mu", "μ", 1.6, 0.35), Box("sigma", "σ", 1.6, 1.65),
        Box("q", "q(z | x)", kind="group", holds=("mu", "sigma")),
        Box("times", "×", 2.4, 1.65, "operation"), Box("noise", "ε", 2.4, 3.1, "input"),
        Box("plus", "+", 2.4, 0.35, "operation"), Box("z", "z", 3.0, 0.35), Box("decoder", "decoder", 3.8, 0.35),
        Box("divergence", "− KL(q ‖ p)", 1.6, 3.1), Box("fit", "log p(x | z)", 3.8, 1.65),
    )  # fmt: skip
    arrows = (
        Arrow("x", "encoder"), Arrow("encoder", "mu"), Arrow("encoder", "sigma"), Arrow("sigma", "times"),
        Arrow("noise", "times", "∼ N(0, I)"), Arrow("times", "plus"), Arrow("mu", "plus"), Arrow("plus", "z"),
        Arrow("z", "decoder"), Arrow("decoder", "fit"), Arrow("q", "divergence"),
    )  # fmt: skip
    return Diagram("A variational autoencoder and the two terms of its bound", boxes, arrows)
