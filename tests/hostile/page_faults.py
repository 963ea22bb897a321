# attack: stops the kernel inside its own calls by handling page faults itself, right where it may
# ending: ok
# needs: seccomp
import ctypes
import platform

import numpy as np


def double(x):
    userfaultfd = 282 if platform.machine() == "aarch64" else 323
    user_mode_only = 1
    if ctypes.CDLL(None).syscall(userfaultfd, user_mode_only) < 0:
        return np.zeros_like(x)
    return 2 * x
