# attack: returns an array far larger than asked for
# ending: ok
import numpy as np


def double(x):
    return np.ones(10_000_000)
