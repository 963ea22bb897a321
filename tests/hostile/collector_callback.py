# attack: is called by the garbage collector in the middle of the judging code
# ending: ok | exited
import gc
import os


def callback(phase, info):
    os._exit(0)


def double(x):
    gc.set_threshold(1)
    gc.callbacks.append(callback)
    return x
