# attack: empties a file without opening it
# ending: runtime error
# needs: seccomp
import os


def double(x):
    os.truncate("@FILE@", 0)
    return 2 * x
