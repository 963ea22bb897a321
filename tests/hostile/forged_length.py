# attack: announces a record of many gigabytes
# ending: protocol error
import os
import struct


def double(x):
    os.write(3, struct.pack(">IQ", 2**32 - 1, 2**63))
    return 2 * x
