# attack: imports chainrule
# ending: runtime error
import chainrule


def double(x):
    return 2 * x
