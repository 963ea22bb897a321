# attack: a function whose code no compiler would write
# ending: crash | runtime error | exited | protocol error | timeout | memory limit
def double(x):
    return x


double.__code__ = double.__code__.replace(co_code=bytes(range(1, 255)) * 2, co_stacksize=1, co_nlocals=1)
