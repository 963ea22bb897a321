# attack: writes a file through torch
# ending: runtime error
# needs: seccomp
# packages: torch
import torch


def double(x):
    torch.save(torch.ones(1), "@CANARY@")
    return 2 * x
