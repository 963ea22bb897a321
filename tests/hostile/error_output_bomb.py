# attack: prints without end to the error stream, below Python
# ending: output limit
import os


def double(x):
    while True:
        os.write(2, b"x" * 100_000)
