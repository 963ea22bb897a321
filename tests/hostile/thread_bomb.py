# attack: threads that start threads
# ending: thread limit | runtime error
import threading
import time

threading.stack_size(64 * 1024)


def double(x):
    while True:
        threading.Thread(target=time.sleep, args=(1000,)).start()
