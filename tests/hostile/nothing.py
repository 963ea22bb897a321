# attack: no array at all
# ending: ok
def double(x):
    return None
