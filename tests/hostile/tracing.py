# attack: traces the code that judges, to change its variables
# ending: ok | protocol error | exited
import sys


def trace(frame, event, argument):
    for name in ("value", "array", "item", "outputs"):
        if name in frame.f_locals:
            frame.f_locals[name] = None
    return trace


def double(x):
    sys.settrace(trace)
    frame = sys._getframe()
    while frame is not None:
        frame.f_trace = trace
        frame = frame.f_back
    return x
