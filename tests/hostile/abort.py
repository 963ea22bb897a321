# attack: aborts the interpreter
# ending: crash
import os


def double(x):
    os.abort()
