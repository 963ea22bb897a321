# attack: right bytes under the other byte order
# ending: ok
def double(x):
    y = 2 * x
    return y.view(y.dtype.newbyteorder())
