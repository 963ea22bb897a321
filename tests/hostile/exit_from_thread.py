# attack: another thread ends the process while the function waits
# ending: exited
import os
import threading
import time


def double(x):
    threading.Thread(target=os._exit, args=(0,)).start()
    time.sleep(1000)
