"""How it is done: reference implementations and models in PyTorch, one module per topic."""
