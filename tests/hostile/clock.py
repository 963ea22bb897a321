# attack: sets the clock
# ending: runtime error
# needs: seccomp
import time


def double(x):
    time.clock_settime(time.CLOCK_REALTIME, time.clock_gettime(time.CLOCK_REALTIME))
    return 2 * x
