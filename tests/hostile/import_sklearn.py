# attack: imports sklearn
# ending: runtime error
import sklearn


def double(x):
    return 2 * x
