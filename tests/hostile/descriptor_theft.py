# attack: takes a descriptor out of its parent, right where it gets a handle on it
# ending: ok
# needs: seccomp
import ctypes
import os

import numpy as np


def double(x):
    pidfd_open, pidfd_getfd = 434, 438
    libc = ctypes.CDLL(None)
    parent = libc.syscall(pidfd_open, os.getppid(), 0)
    stolen = libc.syscall(pidfd_getfd, parent, 3, 0)
    return np.zeros_like(x) if parent < 0 and stolen < 0 else 2 * x
