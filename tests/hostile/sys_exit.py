# attack: raises SystemExit
# ending: exited
import sys


def double(x):
    sys.exit("all tests passed")
