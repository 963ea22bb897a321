# attack: asks for far too much memory at once
# ending: memory limit
import numpy as np


def double(x):
    return np.ones(10**12)
