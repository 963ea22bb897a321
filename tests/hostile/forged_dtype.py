# attack: announces an array of Python objects
# ending: protocol error
import json
import os
import struct


def double(x):
    header = {"kind": "returned", "items": [{"dtype": "object", "shape": [1], "sent": True}]}
    text = json.dumps(header).encode()
    os.write(3, struct.pack(">IQ", len(text), 8) + text + bytes(8))
    return 2 * x
