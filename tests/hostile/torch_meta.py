# attack: a tensor without entries that claims to have them
# ending: ok | runtime error
# packages: torch
import torch


def double(x):
    return torch.empty(tuple(x.shape), device="meta")
