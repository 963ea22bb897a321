# attack: a subclass that claims to equal everything
# ending: ok
import numpy as np


class Liar(np.ndarray):
    def __eq__(self, other):
        return True

    def __array__(self, *args, **kwargs):
        return np.zeros(1)


def double(x):
    return x.view(Liar)
