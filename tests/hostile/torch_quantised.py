# attack: a tensor of small whole numbers that mean others
# ending: ok | runtime error
# packages: torch
import warnings

import torch


def double(x):
    warnings.simplefilter("ignore")
    return torch.quantize_per_tensor(torch.zeros(x.shape), 0.1, 0, torch.quint8)
