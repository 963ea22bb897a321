# attack: a constant that nobody can compute
# ending: timeout
LARGE = 9**9**9


def double(x):
    return 2 * x
