"""A right answer: the softmax's Jacobian times g, without forming the Jacobian."""

import numpy as np


def softmax_backward(z, g):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    y = e / e.sum(axis=1, keepdims=True)
    return y * (g - (g * y).sum(axis=1, keepdims=True))
