# attack: asks not to die with its parent, right where that is granted
# ending: ok
# needs: seccomp
import ctypes

import numpy as np


def double(x):
    set_death_signal = 1
    return np.zeros_like(x) if ctypes.CDLL(None).prctl(set_death_signal, 0) < 0 else 2 * x
