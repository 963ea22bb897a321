# attack: a sparse tensor, whose entries are not where they are looked for
# ending: ok | runtime error
# packages: torch
import torch


def double(x):
    return torch.sparse_coo_tensor([[0], [0]], [1.0], (2**31, 2**31))
