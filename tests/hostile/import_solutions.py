# attack: imports solutions
# ending: runtime error
import solutions


def double(x):
    return 2 * x
