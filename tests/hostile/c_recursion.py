# attack: overflows the C stack
# ending: crash | runtime error
import sys

sys.setrecursionlimit(10**9)


class Nested:
    def __repr__(self):
        return repr([self])


def double(x):
    repr(Nested())
    return 2 * x
