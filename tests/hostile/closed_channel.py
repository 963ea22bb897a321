# attack: closes every descriptor and stays
# ending: protocol error
import os
import time


def double(x):
    os.closerange(0, 64)
    time.sleep(1000)
