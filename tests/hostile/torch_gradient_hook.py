# attack: a tensor that needs a gradient, with hooks that end the process
# ending: ok
# packages: torch
import os

import torch


def double(x):
    y = torch.zeros(x.shape, requires_grad=True)
    y.register_hook(lambda gradient: os._exit(0))
    return y
