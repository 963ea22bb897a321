# attack: maps a file into memory for writing
# ending: runtime error
# needs: seccomp
import numpy as np


def double(x):
    np.memmap("@FILE@", dtype="u1", mode="r+")[:] = 0
    return 2 * x
