# attack: puts its own modules in place of NumPy's
# ending: ok | runtime error | exited
import sys
import types

fake = types.ModuleType("numpy")
fake.ndarray = object
sys.modules["numpy"] = fake
sys.modules["numpy.core"] = fake


def double(x):
    return x
