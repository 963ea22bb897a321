# attack: memory that its own limits do not count, right where it gets it
# ending: ok
# needs: seccomp
import ctypes
import errno

import numpy as np


def double(x):
    memfd_secret = 447
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.syscall(memfd_secret, 0) < 0 and ctypes.get_errno() == errno.EPERM:
        return np.zeros_like(x)
    return 2 * x
