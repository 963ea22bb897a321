# attack: a dtype that carries foreign data and a subclass of a scalar type
# ending: ok
import numpy as np


class Equal(np.float64):
    def __eq__(self, other):
        return True


def double(x):
    return Equal(1.0) if x.size else np.empty(0, np.dtype("f8", metadata={"score": 1}))
