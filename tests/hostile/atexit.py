# attack: answers when the interpreter ends
# ending: ok
import atexit
import os

atexit.register(os.write, 3, b"right")


def double(x):
    return x
