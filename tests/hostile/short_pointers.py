# attack: calls the kernel by the numbers of programs with short pointers, right where it becomes two
# ending: ok
# needs: seccomp
import ctypes
import os

import numpy as np


def double(x):
    fork_of_x32 = 0x40000000 + 57
    pid = ctypes.CDLL(None).syscall(ctypes.c_long(fork_of_x32))
    if pid == 0:
        os._exit(0)
    return np.zeros_like(x) if pid < 0 else 2 * x
