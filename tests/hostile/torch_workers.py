# attack: starts worker processes through torch
# ending: runtime error
# needs: seccomp
# packages: torch
import torch


def double(x):
    data = torch.utils.data.TensorDataset(torch.from_numpy(x))
    next(iter(torch.utils.data.DataLoader(data, num_workers=2)))
    return 2 * x
