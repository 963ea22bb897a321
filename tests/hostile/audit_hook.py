# attack: a hook that cannot be taken away and refuses everything
# ending: ok | runtime error | exited
import sys


def refuse(event, arguments):
    raise SystemExit(0)


def double(x):
    sys.addaudithook(refuse)
    return x
