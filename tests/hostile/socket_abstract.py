# attack: a socket with a name that is no file's
# ending: runtime error
# needs: seccomp
import socket


def double(x):
    socket.socket(socket.AF_UNIX).bind("\0chainrule-hostile")
    return 2 * x
