# attack: asks for more and more memory
# ending: memory limit
def double(x):
    kept = []
    while True:
        kept.append(bytearray(10_000_000))
