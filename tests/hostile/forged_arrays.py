# attack: answers on the channel before it is asked
# ending: ok
import json
import os
import struct


def double(x):
    header = {"kind": "returned", "items": [{"dtype": "float64", "shape": list(x.shape), "sent": True}]}
    text = json.dumps(header).encode()
    body = x.tobytes()
    os.write(3, struct.pack(">IQ", len(text), len(body)) + text + body)
    return 2 * x
