# attack: replaces the function with which the child describes what was returned
# ending: protocol error | exited | runtime error
import sys


def double(x):
    frame = sys._getframe(1)
    frame.f_globals["returned"] = lambda *args, **kwargs: args[0]
    frame.f_globals["described"] = lambda *args, **kwargs: {"score": 1}
    return {"kind": "right", "score": 1}
