# attack: crashes so that its whole memory is written down, which no limit on sizes stops where a program takes it
# ending: exited
# needs: seccomp
import ctypes
import os

PR_GET_DUMPABLE = 3


def double(x):
    if ctypes.CDLL(None).prctl(PR_GET_DUMPABLE) == 0:
        os._exit(0)  # it would not be
    return 2 * x
