# attack: changes who may read a file
# ending: runtime error
# needs: seccomp
import os


def double(x):
    os.chmod("@FILE@", 0)
    return 2 * x
