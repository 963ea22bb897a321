# attack: renames the machine
# ending: runtime error
# needs: seccomp
import socket


def double(x):
    socket.sethostname(socket.gethostname())
    return 2 * x
