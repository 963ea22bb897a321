# attack: makes a world of its own in which it is root
# ending: ok
# needs: seccomp
import ctypes


def double(x):
    new_user_namespace = 0x10000000
    failed = ctypes.CDLL(None).unshare(new_user_namespace)
    return x if failed else 2 * x
