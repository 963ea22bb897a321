# attack: imports grader
# ending: runtime error
import grader


def double(x):
    return 2 * x
