# attack: an array whose entries lie before and behind its own memory
# ending: ok | crash
import numpy as np


def double(x):
    return np.lib.stride_tricks.as_strided(x, shape=x.shape, strides=(1 << 20, -8))
