# attack: an array that a thread keeps changing, in size too, while it is written out
# ending: ok | protocol error | runtime error | crash | timeout
import threading

import numpy as np


def double(x):
    array = np.zeros(1 << 16)

    def change():
        sizes = (1 << 8, 1 << 16)
        for i in range(10**6):
            array.resize(sizes[i % 2], refcheck=False)

    threading.Thread(target=change, daemon=True).start()
    return array
