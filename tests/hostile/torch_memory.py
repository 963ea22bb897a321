# attack: a tensor larger than the memory allowed
# ending: runtime error | memory limit
# packages: torch
import torch


def double(x):
    return torch.empty(10**11).fill_(0)
