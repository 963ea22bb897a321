# attack: an object that says it is an array
# ending: ok
import numpy as np


class Liar:
    __class__ = np.ndarray
    dtype = np.dtype("float64")
    ndim = 2
    nbytes = 0

    def __getattr__(self, name):
        return self

    def __call__(self, *args, **kwargs):
        return self


def double(x):
    liar = Liar()
    liar.shape = x.shape
    return liar
