# attack: ends the process that started it
# ending: runtime error
# needs: seccomp
import os
import signal


def double(x):
    os.kill(os.getppid(), signal.SIGKILL)
    return 2 * x
