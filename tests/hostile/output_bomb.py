# attack: prints without end
# ending: output limit
def double(x):
    while True:
        print("x" * 100_000)
