# attack: reads the environment and arguments of its own and its parent's process
# ending: ok
# needs: landlock
import os


def double(x):
    for pid in ("self", os.getppid(), 1):
        for file in ("environ", "cmdline", "maps", "mem"):
            try:
                open(f"/proc/{pid}/{file}", "rb").read(1)
                return 2 * x
            except OSError:
                pass
    return x
