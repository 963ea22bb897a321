# attack: calls itself without end
# ending: runtime error
def double(x):
    return double(x)
