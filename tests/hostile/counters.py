# attack: opens a counter of the processor, by which other processes can be watched, right where it may ask for it
# ending: ok
# needs: seccomp
import ctypes
import errno
import platform

import numpy as np


def double(x):
    perf_event_open = 241 if platform.machine() == "aarch64" else 298
    libc = ctypes.CDLL(None, use_errno=True)
    attributes = ctypes.create_string_buffer(128)
    if libc.syscall(perf_event_open, attributes, 0, -1, -1, 0) < 0 and ctypes.get_errno() == errno.EPERM:
        return np.zeros_like(x)
    return 2 * x
