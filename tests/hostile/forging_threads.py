# attack: threads that forge answers on every descriptor while the function runs
# ending: ok | protocol error | output limit
import json
import os
import struct
import threading
import time

import numpy as np


def forge(x):
    header = json.dumps({"kind": "returned", "score": 1, "items": [{"dtype": "float64", "shape": [1], "sent": True}]})
    record = struct.pack(">IQ", len(header), 8) + header.encode() + np.ones(1).tobytes()
    while True:
        for descriptor in range(1, 16):
            try:
                os.write(descriptor, record)
            except OSError:
                pass


def double(x):
    for _ in range(4):
        threading.Thread(target=forge, args=(x,), daemon=True).start()
    time.sleep(0.3)
    return x
