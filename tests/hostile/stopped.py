# attack: stops itself, so that it uses no time
# ending: timeout
import os
import signal


def double(x):
    os.kill(os.getpid(), signal.SIGSTOP)
    return x
