# attack: an array of eight bytes that claims to be larger than any memory
# ending: ok
import numpy as np


def double(x):
    return np.lib.stride_tricks.as_strided(np.ones(1), shape=(2**20, 2**20, 2**8), strides=(0, 0, 0))
