# attack: a record that arrives byte by byte for ever
# ending: timeout
import os
import struct
import time


def double(x):
    for byte in struct.pack(">IQ", 60000, 0) + b" " * 60000:
        os.write(3, bytes([byte]))
        time.sleep(0.01)
