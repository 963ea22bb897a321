# attack: dates, of which the one that is no date is like NaN
# ending: ok
import numpy as np


def double(x):
    return np.full(x.shape, np.datetime64("NaT"))
