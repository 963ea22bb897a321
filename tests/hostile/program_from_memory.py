# attack: runs a program from anonymous memory
# ending: runtime error
# needs: seccomp
import os


def double(x):
    os.memfd_create("program")
    return 2 * x
