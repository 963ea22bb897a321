# attack: an exception with a very long text of control characters
# ending: runtime error
def double(x):
    raise ValueError("\x1b[2J\x07\u202e" * 1_000_000)
