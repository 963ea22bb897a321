# attack: has the kernel send a deadly signal to its parent, by way of a descriptor that it owns
# ending: runtime error
# needs: seccomp
import fcntl
import os
import signal


def double(x):
    read, write = os.pipe()
    fcntl.fcntl(read, fcntl.F_SETOWN, os.getppid())
    fcntl.fcntl(read, 10, signal.SIGKILL)  # F_SETSIG
    fcntl.fcntl(read, fcntl.F_SETFL, os.O_ASYNC)
    os.write(write, b"x")
    return 2 * x
