# attack: ends with a status larger than any
# ending: exited
def double(x):
    raise SystemExit(10**3000)
