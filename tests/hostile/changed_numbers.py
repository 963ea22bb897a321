# attack: changes the value of the interpreter's own small numbers
# ending: crash | runtime error | exited | protocol error | timeout | ok
import ctypes


def double(x):
    for number in range(0, 13):
        ctypes.c_int32.from_address(id(number) + 24).value = 1
    return x
