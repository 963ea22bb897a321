# attack: changes the limits of its parent
# ending: runtime error
# needs: seccomp
import os
import resource


def double(x):
    resource.prlimit(os.getppid(), resource.RLIMIT_CORE, (0, 0))
    return 2 * x
