# attack: has torch fetch a model from elsewhere
# ending: runtime error
# needs: seccomp
# packages: torch
import torch


def double(x):
    torch.hub.load_state_dict_from_url("http://127.0.0.1:9/weights.pt", model_dir="@FOLDER@")
    return 2 * x
