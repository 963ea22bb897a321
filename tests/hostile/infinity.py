# attack: infinities, which make tolerances infinite
# ending: ok
import numpy as np


def double(x):
    return np.full_like(x, np.inf)
