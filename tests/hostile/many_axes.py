# attack: an array with as many axes as NumPy has
# ending: ok
import numpy as np


def double(x):
    return np.zeros((1,) * 33)
