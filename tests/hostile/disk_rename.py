# attack: gives a file another name
# ending: runtime error
# needs: seccomp
import os


def double(x):
    os.rename("@FILE@", "@CANARY@")
    return 2 * x
