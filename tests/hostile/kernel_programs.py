# attack: loads a table for programs into the kernel, right where it may ask for it
# ending: ok
# needs: seccomp
import ctypes
import errno
import platform

import numpy as np


def double(x):
    bpf = 280 if platform.machine() == "aarch64" else 321
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.syscall(bpf, 0, ctypes.create_string_buffer(128), 128) < 0 and ctypes.get_errno() == errno.EPERM:
        return np.zeros_like(x)
    return 2 * x
