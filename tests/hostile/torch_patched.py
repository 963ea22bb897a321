# attack: replaces the methods by which a tensor is taken apart
# ending: ok | runtime error
# packages: torch
import torch

torch.Tensor.detach = torch.Tensor.cpu = torch.Tensor.numpy = lambda self: "right"


def double(x):
    return torch.zeros(x.shape)
