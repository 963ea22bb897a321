# attack: calls itself without end and without Python's limit
# ending: memory limit | crash | timeout
import sys

sys.setrecursionlimit(10**9)


def double(x):
    return double(x)
