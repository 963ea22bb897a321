# attack: waits without using the processor
# ending: timeout
import time


def double(x):
    time.sleep(1000)
    return 2 * x
