# attack: is called whenever the judging code calls anything, and ends the process there
# ending: exited
import os
import sys


def profile(frame, event, argument):
    if event == "c_call" and argument.__name__ in ("write", "dumps"):
        os._exit(0)


def double(x):
    sys.setprofile(profile)
    return x
