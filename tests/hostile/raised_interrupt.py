# attack: pretends that somebody pressed Ctrl-C
# ending: runtime error
def double(x):
    raise KeyboardInterrupt
