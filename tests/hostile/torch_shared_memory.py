# attack: puts a tensor where other processes can see it
# ending: runtime error
# needs: seccomp
# packages: torch
import torch


def double(x):
    torch.from_numpy(x).share_memory_()
    return 2 * x
