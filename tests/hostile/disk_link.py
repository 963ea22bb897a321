# attack: makes a link to another file
# ending: runtime error
# needs: seccomp
import os


def double(x):
    os.symlink("/etc/passwd", "@CANARY@")
    return 2 * x
