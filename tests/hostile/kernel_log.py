# attack: reads what the kernel has logged, right where it may
# ending: ok
# needs: seccomp
import ctypes

import numpy as np


def double(x):
    read_all = 3
    read = ctypes.CDLL(None).klogctl(read_all, ctypes.create_string_buffer(4096), 4096)
    return np.zeros_like(x) if read < 0 else 2 * x
