# attack: threads with stacks so small that memory does not limit their number
# ending: thread limit | runtime error | memory limit
import threading
import time


def double(x):
    threading.stack_size(1 << 15)
    while True:
        threading.Thread(target=time.sleep, args=(1000,), daemon=True).start()
