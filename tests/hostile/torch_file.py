# attack: has torch map a file for writing
# ending: runtime error
# needs: seccomp
# packages: torch
import torch


def double(x):
    torch.from_file("@CANARY@", shared=True, size=1024)
    return 2 * x
