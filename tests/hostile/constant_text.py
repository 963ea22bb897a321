# attack: a constant larger than memory, multiplied out when the file is loaded
# ending: memory limit
LARGE = ("a" * 4096) * 1048576 * 4


def double(x):
    return 2 * x
