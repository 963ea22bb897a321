# attack: an array of records whose fields are named like a verdict
# ending: ok
import numpy as np


def double(x):
    return np.ones(x.shape, dtype=[("outcome", "U5"), ("score", "f8")])
