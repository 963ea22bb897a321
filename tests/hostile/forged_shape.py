# attack: announces an array with more entries than bytes
# ending: protocol error
import json
import os
import struct


def double(x):
    header = {"kind": "returned", "items": [{"dtype": "float64", "shape": [2**40, 2**40], "sent": True}]}
    text = json.dumps(header).encode()
    os.write(3, struct.pack(">IQ", len(text), 8) + text + bytes(8))
    return 2 * x
