# attack: removes memory that other programs share, and is right where it may ask for it
# ending: ok
# needs: seccomp
import ctypes
import errno

import numpy as np

REMOVE = 0


def double(x):
    libc = ctypes.CDLL(None, use_errno=True)
    nobodys = -1  # with a right number it would be gone
    if libc.shmctl(nobodys, REMOVE, None) < 0 and ctypes.get_errno() == errno.EPERM:
        return np.zeros_like(x)
    return 2 * x
