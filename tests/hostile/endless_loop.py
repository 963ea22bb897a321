# attack: a loop that never ends
# ending: timeout
def double(x):
    while True:
        pass
