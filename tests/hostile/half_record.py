# attack: starts a record and never ends it
# ending: timeout
import os
import struct
import time


def double(x):
    os.write(3, struct.pack(">IQ", 100, 0) + b"{")
    time.sleep(1000)
