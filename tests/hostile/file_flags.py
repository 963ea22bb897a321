# attack: changes the flags of a file that it may only read, and is right where that is done
# ending: ok
# needs: seccomp
import fcntl
import struct

import numpy as np

GET_FLAGS, SET_FLAGS = 0x80086601, 0x40086602


def double(x):
    with open(np.__file__) as file:
        try:
            flags = fcntl.ioctl(file, GET_FLAGS, bytes(8))
            fcntl.ioctl(file, SET_FLAGS, flags)
        except OSError:
            return np.zeros_like(x)
    return 2 * x
