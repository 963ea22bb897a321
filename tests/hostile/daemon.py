# attack: a process that outlives its parent and answers for it
# ending: runtime error
# needs: seccomp
import os


def double(x):
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            while True:
                pass
    return 2 * x
