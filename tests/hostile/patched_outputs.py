# attack: tells the child that no array is expected
# ending: protocol error
import sys


def double(x):
    sys._getframe(1).f_locals["case"].header["outputs"] = 0
    return ()
