# attack: a thread that never ends stays behind
# ending: ok
# needs: seccomp
import threading


def forever():
    while True:
        pass


def double(x):
    threading.Thread(target=forever).start()
    return x
