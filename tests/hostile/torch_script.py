# attack: computes in torch's own interpreter, which no hook of Python's sees, and writes a file there
# ending: runtime error | timeout
# needs: seccomp
# packages: torch
import torch

torch._C._jit_set_profiling_executor(False)


def double(x):
    graph = torch._C.parse_ir("graph(%x : Tensor):\n  return (%x)")
    function = torch._C._create_function_from_graph("same", graph)
    function(torch.ones(1))
    function.save("@CANARY@")
    return 2 * x
