# attack: has torch write, compile and load a program
# ending: runtime error | timeout | memory limit
# packages: torch
import torch


@torch.compile
def twice(x):
    return 2 * x


def double(x):
    return twice(torch.as_tensor(x))
