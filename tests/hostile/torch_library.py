# attack: gives one of torch's operations another meaning
# ending: ok | runtime error | crash
# packages: torch
import warnings

import torch

warnings.simplefilter("ignore")
library = torch.library.Library("aten", "IMPL")
library.impl("detach", lambda tensor: torch.ones(1), "CPU")


def double(x):
    return torch.zeros(x.shape)
