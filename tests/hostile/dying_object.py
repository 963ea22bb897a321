# attack: ends the process, and says something, when its value is thrown away
# ending: exited
import os


class Dying:
    def __del__(self):
        os.write(1, b"right")
        os._exit(0)


def double(x):
    return Dying()
