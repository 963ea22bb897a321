# attack: shuts the channel for writing and stays
# ending: protocol error | exited
import ctypes
import time


def double(x):
    ctypes.CDLL(None).shutdown(3, 1)
    time.sleep(1000)
