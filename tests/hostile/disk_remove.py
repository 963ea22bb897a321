# attack: removes a file
# ending: runtime error
# needs: seccomp
import os


def double(x):
    os.remove("@FILE@")
    return 2 * x
