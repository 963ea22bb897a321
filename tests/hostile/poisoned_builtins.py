# attack: replaces builtins that the child uses itself
# ending: ok | runtime error | exited | protocol error
import builtins

builtins.type = lambda *args: object
builtins.isinstance = lambda *args: True
builtins.len = lambda *args: 1


def double(x):
    return x
