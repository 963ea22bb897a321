"""What is trained and what is not when a network is reused, counted by PyTorch on the network itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from torch import nn


def _network(c1: int, c2: int, k: int, K: int) -> nn.Sequential:
    """Two convolutions with biases, each with batch normalisation and ReLU, then a mean and K scores."""
    from torch import nn

    first, second = nn.Conv2d(3, c1, k, device="meta"), nn.Conv2d(c1, c2, k, device="meta")
    return nn.Sequential(
        first, nn.BatchNorm2d(c1, device="meta"), nn.ReLU(), second, nn.BatchNorm2d(c2, device="meta"), nn.ReLU(),
        nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(c2, K, device="meta"),
    )  # fmt: skip


def _ready(plan: str, c1: int, c2: int, k: int, K: int) -> nn.Sequential:
    """The network with everything frozen that the plan leaves alone; the head is always trained."""
    from torch import nn

    network = _network(int(c1), int(c2), int(k), int(K)).requires_grad_(False)
    for place, layer in enumerate(network):
        norm, head = isinstance(layer, nn.BatchNorm2d), isinstance(layer, nn.Linear)
        if head or plan == "all" or (plan == "norms" and norm) or (plan == "last" and place == 3):
            layer.requires_grad_(True)
        if plan == "biases" and not head:
            for name, parameter in layer.named_parameters():
                parameter.requires_grad_(name == "bias")
    return network


def trained(plan: str, c1: int, c2: int, k: int, K: int) -> int:
    """Numbers that the optimiser changes."""
    return sum(p.numel() for p in _ready(plan, c1, c2, k, K).parameters() if p.requires_grad)


def head_share(c1: int, c2: int, k: int, K: int) -> float:
    """Parameters of the head as a share of all parameters of the network."""
    network = _network(int(c1), int(c2), int(k), int(K))
    return sum(p.numel() for p in network[-1].parameters()) / sum(p.numel() for p in network.parameters())


def copied(c1: int, c2: int, k: int, K: int, K0: int) -> int:
    """Parameters that a network with K classes can take over from one with K0: those of the same name and shape."""
    old = dict(_network(int(c1), int(c2), int(k), int(K0)).named_parameters())
    new = _network(int(c1), int(c2), int(k), int(K)).named_parameters()
    return sum(p.numel() for name, p in new if p.shape == old[name].shape)


def seconds_saved(N: int, epochs: int, ms: float) -> float:
    """Seconds that storing features saves: runs of the base, ms milliseconds each, with and without a store."""
    runs = {"again": 0, "stored": 0}
    store: set[int] = set()
    for _ in range(int(epochs)):
        for image in range(int(N)):
            runs["again"] += 1
            if image not in store:
                store.add(image)
                runs["stored"] += 1
    return (runs["again"] - runs["stored"]) * float(ms) / 1000
