# attack: changes what torch's own functions do below the level of Python's names
# ending: ok | runtime error | exited
# packages: torch
import os

import torch
from torch.utils._python_dispatch import TorchDispatchMode


class Exit(TorchDispatchMode):
    def __torch_dispatch__(self, function, types, args=(), kwargs=None):
        os._exit(0)


def double(x):
    y = torch.zeros(x.shape)
    Exit().__enter__()
    return y
