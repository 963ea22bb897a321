# attack: announces an array that is empty, and on its other axes larger than any memory
# ending: protocol error
import json
import os
import struct


def double(x):
    item = {"dtype": "float64", "shape": [0, 2**47, 2**47], "sent": True}
    header = json.dumps({"kind": "returned", "items": [item]}).encode()
    os.write(3, struct.pack(">IQ", len(header), 0) + header)
    return 2 * x
