# attack: opens what its parent has open, through the parent's list of descriptors
# ending: ok
# needs: landlock
import os


def double(x):
    for descriptor in range(64):
        try:
            os.open(f"/proc/{os.getppid()}/fd/{descriptor}", os.O_RDONLY | os.O_NONBLOCK)
        except OSError:
            continue
        return 2 * x
    return x
