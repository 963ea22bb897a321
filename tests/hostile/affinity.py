# attack: takes a processor for itself
# ending: runtime error
# needs: seccomp
import os


def double(x):
    os.sched_setaffinity(os.getppid(), {0})
    return 2 * x
