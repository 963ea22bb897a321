# attack: a watchdog of the interpreter that ends the process
# ending: exited
import faulthandler
import time


def double(x):
    faulthandler.dump_traceback_later(0.05, exit=True, file=1)
    time.sleep(1000)
