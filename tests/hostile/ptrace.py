# attack: looks into its parent as a debugger does
# ending: ok
# needs: seccomp
import ctypes
import os


def double(x):
    attach = 16
    failed = ctypes.CDLL(None).ptrace(attach, os.getppid(), None, None)
    return x if failed else 2 * x
