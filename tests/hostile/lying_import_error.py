# attack: an exception whose data are no data
# ending: runtime error | exited
def double(x):
    raise ModuleNotFoundError("", name=object())
