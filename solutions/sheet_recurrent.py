"""Second roads to formulas of the sheet on recurrent networks: torch's own cells, unrolled networks, Jacobians."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from solutions import lstm_memory, rnn_shares, rnn_time
from solutions.arrays import Array, array, constant

if TYPE_CHECKING:
    from torch import Tensor

OPEN, SHUT = 1000.0, -1000.0  # biases that make a sigmoid 1 or 0, and a tanh 1 or -1


def cell(W: Array, U: Array, b: Array, x1: Array, h0: Array) -> Array:
    """The new state (H,), by torch's RNNCell."""
    import torch

    size, inputs = U.shape
    module = torch.nn.RNNCell(inputs, size, dtype=torch.float64)
    zero = torch.zeros(size, dtype=torch.float64)
    parameters = {"weight_ih": constant(U), "weight_hh": constant(W), "bias_ih": constant(b), "bias_hh": zero}
    return array(torch.func.functional_call(module, parameters, (constant(x1), constant(h0))))


def output(B: Array, c: Array, h1: Array) -> Array:
    """The distribution (V,) that torch makes of the scores of a linear layer."""
    import torch

    scores = torch.nn.functional.linear(constant(h1), constant(B), constant(c))
    return array(torch.distributions.Categorical(logits=scores).probs)


def sequence_loss(S: Array, B: Array, c: Array, Y: Array) -> float:
    """The cross-entropy of all steps, added up: states in the rows of S (T, H), one-hot rows Y (T, V)."""
    import torch

    scores = torch.nn.functional.linear(constant(S), constant(B), constant(c))
    return float(torch.nn.functional.cross_entropy(scores, constant(Y).argmax(1), reduction="sum"))


def unit_gradient(w: float, s: Array, h: Array, g: Array) -> float:
    """dL/dw of one unit over T steps by autograd: slopes s (T,), states h_0 ... h_{T-1} in h, direct gradients g."""
    return rnn_time.over_time(w, 0.0, s, h, np.zeros_like(h), g, 0.0, "plain", "w", "all")


def state_jacobian(W: Array, U: Array, x1: Array, x2: Array, h0: Array) -> Array:
    """The Jacobian (H, H) of the state after two steps by the start state."""
    import torch

    def both(h: Tensor) -> Tensor:
        for x in (x1, x2):
            h = torch.tanh(constant(W) @ h + constant(U) @ constant(x))
        return h

    return array(torch.autograd.functional.jacobian(both, constant(h0)))  # type: ignore[no-untyped-call]


def after_steps(W: Array, h0: Array, t: float) -> Array:
    """h (H,) after t steps of h = W h, one at a time."""
    h = h0
    for _ in range(round(t)):
        h = W @ h
    return h


def steps_until(w: float, h: float, K: float) -> float:
    """After how many steps back a gradient has shrunk K-fold in a tanh unit with states h, by bisection."""
    return rnn_shares.steps_until("tanh", w, h, 0.0, K)  # type: ignore[arg-type]


def clipped(g: Array, c: float) -> Array:
    """The nearest vector to g (D,) that is no longer than c: its direction, with the smaller length."""
    import torch

    vector = constant(g)
    length = torch.linalg.vector_norm(vector).clamp(max=c)
    return array(length * torch.nn.functional.normalize(vector, dim=0))


def forget_gate(W_f: Array, R_f: Array, b_f: Array, x1: Array, h0: Array) -> Array:
    """What torch's LSTMCell keeps of a cell state of ones where nothing is written."""
    block = (W_f, R_f, b_f)
    _, state = _lstm(_fixed(SHUT, block), block, _fixed(0.0, block), _fixed(0.0, block), x1, h0, np.ones_like(h0))
    return state


def input_gate(W_i: Array, R_i: Array, b_i: Array, x1: Array, h0: Array) -> Array:
    """What torch's LSTMCell writes into an empty cell where the candidate is 1."""
    block = (W_i, R_i, b_i)
    _, state = _lstm(block, _fixed(SHUT, block), _fixed(OPEN, block), _fixed(0.0, block), x1, h0, np.zeros_like(h0))
    return state


def candidate(W_u: Array, R_u: Array, b_u: Array, x1: Array, h0: Array) -> Array:
    """What torch's LSTMCell writes into an empty cell where the input gate is 1."""
    block = (W_u, R_u, b_u)
    _, state = _lstm(_fixed(OPEN, block), _fixed(SHUT, block), block, _fixed(0.0, block), x1, h0, np.zeros_like(h0))
    return state


def output_gate(W_o: Array, R_o: Array, b_o: Array, x1: Array, h0: Array) -> Array:
    """What torch's LSTMCell shows of a cell state that is kept and so large that its tanh is 1."""
    block = (W_o, R_o, b_o)
    full = np.full_like(h0, OPEN)
    shown, _ = _lstm(_fixed(SHUT, block), _fixed(OPEN, block), _fixed(0.0, block), block, x1, h0, full)
    return shown


def cell_state(f: Array, i: Array, u: Array, s0: Array) -> Array:
    """The new cell state (H,) of torch's LSTMCell whose gates and candidate have these values."""
    return _lstm(_valued(i), _valued(f), _valued(u, tanh=True), _valued(0 * f + 0.5), *_still(s0))[1]


def shown_state(f: Array, i: Array, u: Array, o: Array, s0: Array) -> Array:
    """The new output (H,) of the same with the output gate o."""
    return _lstm(_valued(i), _valued(f), _valued(u, tanh=True), _valued(o), *_still(s0))[0]


def cell_jacobian(R_f: Array, R_i: Array, R_u: Array, z_f: Array, z_i: Array, z_u: Array, o: Array, s0: Array) -> Array:
    """The whole Jacobian (H, H) of a cell state by the one before, which also acts through the output it is shown in.

    z: what inputs and biases add to the scores. o: the output gate of the step before.
    """
    import torch

    def step(s: Tensor) -> Tensor:
        h = constant(o) * torch.tanh(s)
        f, i = (torch.sigmoid(constant(R) @ h + constant(z)) for R, z in ((R_f, z_f), (R_i, z_i)))
        return f * s + i * torch.tanh(constant(R_u) @ h + constant(z_u))

    return array(torch.autograd.functional.jacobian(step, constant(s0)))  # type: ignore[no-untyped-call]


def share_left(b: float, n: float) -> float:
    """What n steps leave of a cell whose forget gate has the bias b alone."""
    return lstm_memory.share_left(b, round(n), "")


def lstm_library_parameters(d: float, h: float) -> int:
    """The parameters that torch's LSTMCell has."""
    import torch

    return sum(p.numel() for p in torch.nn.LSTMCell(round(d), round(h), device="meta").parameters())


Block = tuple[Array, Array, Array]


def _fixed(bias: float, like: Block) -> Block:
    """A block whose score is `bias` whatever comes in."""
    W, R, b = like
    return 0 * W, 0 * R, np.full_like(b, bias)


def _valued(values: Array, *, tanh: bool = False) -> Block:
    """A block for one input that does not count, with these values after its sigmoid, or tanh."""
    scores = np.arctanh(values) if tanh else np.log(values) - np.log1p(-values)
    return np.zeros((len(values), 1)), np.zeros((len(values), len(values))), scores


def _still(s0: Array) -> tuple[Array, Array, Array]:
    return np.zeros(1), np.zeros_like(s0), s0


def _lstm(i: Block, f: Block, u: Block, o: Block, x: Array, h: Array, s: Array) -> tuple[Array, Array]:
    """Output and cell state (H,) by torch's LSTMCell."""
    import torch

    W, R, b = (np.concatenate(rows) for rows in zip(i, f, u, o, strict=True))
    module = torch.nn.LSTMCell(W.shape[1], len(s), dtype=torch.float64)
    zero = torch.zeros(len(b), dtype=torch.float64)
    parameters = {"weight_ih": constant(W), "weight_hh": constant(R), "bias_ih": constant(b), "bias_hh": zero}
    hidden, state = torch.func.functional_call(module, parameters, (constant(x), (constant(h), constant(s))))
    return array(hidden), array(state)
