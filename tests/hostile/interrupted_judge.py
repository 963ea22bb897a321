# attack: a thread that interrupts the main one again and again
# ending: ok | runtime error | exited | protocol error
import _thread
import threading


def interrupt():
    for _ in range(10**5):
        _thread.interrupt_main()


def double(x):
    threading.Thread(target=interrupt, daemon=True).start()
    return x
