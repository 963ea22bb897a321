# attack: takes another folder for the root of all
# ending: runtime error
# needs: seccomp
import os


def double(x):
    os.chroot("/")
    return 2 * x
