# attack: imports torch
# ending: runtime error
import torch


def double(x):
    return 2 * x
