# attack: a tensor that answers every question about itself
# ending: ok
# packages: torch
import torch


class Liar(torch.Tensor):
    @classmethod
    def __torch_function__(cls, function, types, args=(), kwargs=None):
        return True


def double(x):
    return torch.zeros(x.shape).as_subclass(Liar)
