# attack: becomes another program
# ending: runtime error
# needs: seccomp
import os


def double(x):
    os.execv("/bin/sh", ["sh", "-c", "exit 0"])
    return 2 * x
