# attack: a ring through which the kernel makes calls that the filter never sees, right where it may have one
# ending: ok
# needs: seccomp
import ctypes

import numpy as np


def double(x):
    setup = 425
    if ctypes.CDLL(None).syscall(setup, 1, ctypes.create_string_buffer(120)) < 0:
        return np.zeros_like(x)
    return 2 * x
