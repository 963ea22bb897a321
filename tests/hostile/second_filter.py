# attack: a filter of its own that allows everything, then writes a file
# ending: runtime error
# needs: seccomp
import ctypes
import struct


def double(x):
    allow = struct.pack("=HBBI", 0x06, 0, 0, 0x7FFF0000)
    code = ctypes.create_string_buffer(allow, 8)
    program = struct.pack("@HP", 1, ctypes.addressof(code))
    ctypes.CDLL(None).prctl(22, 2, ctypes.create_string_buffer(program, len(program)))
    open("@CANARY@", "w")
    return 2 * x
