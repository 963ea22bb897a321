# attack: imports questions
# ending: runtime error
import questions


def double(x):
    return 2 * x
