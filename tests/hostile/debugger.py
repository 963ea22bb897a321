# attack: opens a debugger and waits for somebody to type
# ending: runtime error | exited
def double(x):
    breakpoint()
    return x
