# attack: puts its standard output in place of the channel
# ending: protocol error | exited
import ctypes


def double(x):
    ctypes.CDLL(None).dup2(1, 3)
    return 2 * x
