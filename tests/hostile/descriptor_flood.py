# attack: opens files until there are no more descriptors, and is right where there is no end
# ending: ok
import numpy as np


def double(x):
    files = []
    try:
        for _ in range(10**4):
            files.append(open("/dev/null"))
    except OSError:
        return np.zeros_like(x)
    return 2 * x
