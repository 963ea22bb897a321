# attack: a tensor whose entries lie outside its memory
# ending: ok | runtime error
# packages: torch
import torch


def double(x):
    return torch.zeros(1).as_strided((2**20, 2**20), (0, 0))
