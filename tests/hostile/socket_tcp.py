# attack: opens a network connection
# ending: runtime error
# needs: seccomp
import socket


def double(x):
    socket.create_connection(("127.0.0.1", 80), timeout=1)
    return 2 * x
