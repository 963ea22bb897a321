# attack: signals in the middle of the judging code, as often as the clock allows
# ending: ok | runtime error | exited | protocol error | timeout
import signal


def ring(number, frame):
    raise SystemExit(0)


def double(x):
    signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, 0.00001, 0.00001)
    return x
