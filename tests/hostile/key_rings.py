# attack: leaves a key in the kernel's rings for a later submission, right where it may
# ending: ok
# needs: seccomp
import ctypes
import platform

import numpy as np


def double(x):
    add_key = 217 if platform.machine() == "aarch64" else 248
    session_ring = ctypes.c_long(-3)
    text = b"chainrule"
    if ctypes.CDLL(None).syscall(add_key, b"user", text, text, ctypes.c_size_t(len(text)), session_ring) < 0:
        return np.zeros_like(x)
    return 2 * x
