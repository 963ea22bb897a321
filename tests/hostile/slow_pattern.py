# attack: a search that takes for ever without running a line of Python
# ending: timeout
import re


def double(x):
    re.match(r"(a+)+$", "a" * 60 + "b")
    return 2 * x
