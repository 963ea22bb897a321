# attack: reads where nothing is
# ending: crash
import ctypes


def double(x):
    ctypes.string_at(1)
