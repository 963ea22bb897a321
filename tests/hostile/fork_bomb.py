# attack: processes that start processes
# ending: runtime error
# needs: seccomp
import os


def double(x):
    while True:
        os.fork()
