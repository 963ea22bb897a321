# attack: ends itself
# ending: crash
import os
import signal


def double(x):
    os.kill(os.getpid(), signal.SIGKILL)
