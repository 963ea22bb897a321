# attack: an object that offers itself to NumPy in every way there is
# ending: ok
import numpy as np


class Offer:
    def __init__(self, x):
        self.x = x
        self.__array_interface__ = (2 * x).__array_interface__
        self.__array_struct__ = (2 * x).__array_struct__

    def __array__(self, dtype=None, copy=None):
        return 2 * self.x

    def __array_ufunc__(self, *args, **kwargs):
        return True

    def __array_function__(self, *args, **kwargs):
        return True


def double(x):
    return Offer(x)
