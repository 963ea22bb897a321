# attack: changes the input in the hope that the expected array is made from it
# ending: ok
def double(x):
    x *= 0
    return x
