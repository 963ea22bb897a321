# attack: changes its share of the processor
# ending: runtime error
# needs: seccomp
import os


def double(x):
    os.nice(1)
    return 2 * x
