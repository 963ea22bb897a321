# attack: answers the following cases before they are asked
# ending: ok | protocol error
import json
import os
import struct

import numpy as np


def double(x):
    for rows in (4, 5):
        header = json.dumps({"kind": "returned", "items": [{"dtype": "float64", "shape": [rows, 2], "sent": True}]})
        os.write(3, struct.pack(">IQ", len(header), rows * 16) + header.encode() + np.zeros((rows, 2)).tobytes())
    return 2 * x
