# attack: has torch build an extension in C++
# ending: runtime error | timeout | memory limit
# packages: torch
def double(x):
    from torch.utils.cpp_extension import load_inline

    return load_inline("twice", "torch::Tensor twice(torch::Tensor x) { return 2 * x; }", functions="twice").twice(x)
