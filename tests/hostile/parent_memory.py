# attack: reads its parent's memory without attaching to it, right where it may ask for it
# ending: ok
# needs: seccomp
import ctypes
import os
import platform

import numpy as np


def double(x):
    process_vm_readv = 270 if platform.machine() == "aarch64" else 310
    room = ctypes.create_string_buffer(8)
    address = id(np)  # a fork has the same things at the same places
    ours = (ctypes.c_void_p * 2)(ctypes.addressof(room), 8)
    theirs = (ctypes.c_void_p * 2)(address, 8)
    read = ctypes.CDLL(None).syscall(process_vm_readv, os.getppid(), ours, 1, theirs, 1, 0)
    return np.zeros_like(x) if read < 0 else 2 * x
