# attack: opens a local socket without a file
# ending: runtime error
# needs: seccomp
import socket


def double(x):
    socket.socket(socket.AF_UNIX).bind("\0chainrule")
    return 2 * x
