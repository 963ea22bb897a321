# attack: makes a pipe with a name
# ending: runtime error
# needs: seccomp
import os


def double(x):
    os.mkfifo("@CANARY@")
    return 2 * x
