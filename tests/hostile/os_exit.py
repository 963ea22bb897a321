# attack: leaves without a word
# ending: exited
import os


def double(x):
    os._exit(0)
