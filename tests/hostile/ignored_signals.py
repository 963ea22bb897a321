# attack: ignores every signal that can be ignored, and loops
# ending: timeout
import signal


def double(x):
    for number in signal.valid_signals():
        try:
            signal.signal(number, signal.SIG_IGN)
        except OSError:
            pass
    while True:
        pass
