# attack: has torch compute in as many threads as it can
# ending: ok | exited | timeout | thread limit | memory limit | runtime error | crash
# packages: torch
import torch


def double(x):
    torch.set_num_threads(512)
    y = torch.ones(700, 700)
    while True:
        y = y @ y
