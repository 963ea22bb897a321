# attack: an array over memory that is given back before it is read
# ending: ok | crash
import ctypes
import mmap

import numpy as np


def double(x):
    page = mmap.mmap(-1, max(x.nbytes, 1))
    address = ctypes.addressof(ctypes.c_char.from_buffer(page))
    array = np.ctypeslib.as_array((ctypes.c_double * x.size).from_address(address)).reshape(x.shape)
    ctypes.CDLL(None).munmap(ctypes.c_void_p(address), ctypes.c_size_t(4096))
    return array
