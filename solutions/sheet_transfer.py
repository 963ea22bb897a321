"""Second roads for the sheet on transfer and similarity: PyTorch's optimisers and losses, and counting one by one."""

from __future__ import annotations

from itertools import combinations, product
from typing import Any

from solutions.arrays import Array, array, constant, gradient, leaf


def head_parameters(F: float, K: float) -> int:
    """Parameters of a dense layer from F features to K scores."""
    import torch

    return sum(p.numel() for p in torch.nn.Linear(int(F), int(K), device="meta").parameters())


def stored_time(n: float, t: float, b: float, h: float) -> float:
    """Time of t passes over n images, added up: each image once through the base (b), at each pass the head (h)."""
    store: set[int] = set()
    spent = 0.0
    for _ in range(int(t)):
        for image in range(int(n)):
            if image not in store:
                store.add(image)
                spent += b
            spent += h
    return spent


def normalised(x: Array, m: Array, v: Array, gamma: Array, beta: Array, epsilon: float) -> Array:
    """Batch normalisation of one example (D,) in test mode, with the stored mean m and variance v."""
    import torch

    mean, variance, scale, shift = (constant(values) for values in (m, v, gamma, beta))
    found = torch.nn.functional.batch_norm(constant(x)[None], mean, variance, scale, shift, False, 0.1, float(epsilon))
    return array(found[0])


def decayed(w: Array, eta: float, rho: float) -> Array:
    """Weights after one step of SGD with weight decay rho, where the loss has no gradient at them."""
    import torch

    weights = leaf(w)
    weights.grad = torch.zeros_like(weights)
    torch.optim.SGD([weights], lr=float(eta), weight_decay=float(rho)).step()
    return array(weights)


def new_base(w: float, q: float, x: float, y: float, eta_b: float, eta_h: float) -> float:
    """The base's weight w after one step of SGD with two parameter groups on (q*w*x - y)**2/2."""
    return _stepped(w, q, x, y, eta_b, eta_h)[0]


def new_head(w: float, q: float, x: float, y: float, eta_b: float, eta_h: float) -> float:
    """The head's weight q after that step."""
    return _stepped(w, q, x, y, eta_b, eta_h)[1]


def _stepped(w: float, q: float, x: float, y: float, eta_b: float, eta_h: float) -> tuple[float, float]:
    import torch

    base, head = leaf(w), leaf(q)
    groups = [{"params": [base], "lr": float(eta_b)}, {"params": [head], "lr": float(eta_h)}]
    optimiser = torch.optim.SGD(groups)
    ((head * base * float(x) - float(y)) ** 2 / 2).backward()  # type: ignore[no-untyped-call]
    optimiser.step()
    return base.item(), head.item()


def pairs_of_one_class(c: float, k: float) -> int:
    """Pairs of pictures of the same class, of c classes with k pictures each, listed."""
    return sum(a == b for a, b in combinations(_classes(c, k), 2))


def pairs_of_two_classes(c: float, k: float) -> int:
    """Pairs of pictures of different classes, listed."""
    return sum(a != b for a, b in combinations(_classes(c, k), 2))


def triplets(c: float, k: float) -> int:
    """Triplets of anchor, another picture of its class and one of another class, listed."""
    pictures = list(enumerate(_classes(c, k)))
    pairs = [(one, other) for one, other in product(pictures, repeat=2) if one[0] != other[0]]
    rivals = {who: sum(other != who for _, other in pictures) for _, who in pictures}
    return sum(rivals[one[1]] for one, other in pairs if one[1] == other[1])


def _classes(c: float, k: float) -> list[int]:
    return [who for who in range(int(c)) for _ in range(int(k))]


def contrastive(a: Array, b: Array, s: float, m: float) -> float:
    """The contrastive loss; s is 1 for a pair of the same class."""
    return float(_contrastive(constant(a), constant(b), s, m))


def contrastive_gradient(a: Array, b: Array, s: float, m: float) -> Array:
    """Its gradient at a."""
    first = leaf(a)
    return gradient(_contrastive(first, constant(b), s, m), first)


def _contrastive(a: Any, b: Any, s: float, m: float) -> Any:
    """By torch's hinge embedding loss on the distance, squared: the distance, or what is missing to the margin."""
    import torch

    label = torch.tensor(1.0 if s else -1.0, dtype=torch.float64)
    distance = torch.dist(a, b)
    return torch.nn.functional.hinge_embedding_loss(distance, label, margin=float(m)) ** 2


def triplet(a: Array, p: Array, n: Array, m: float) -> float:
    """The triplet loss with distances that are not squared."""
    import torch

    anchor, positive, negative = (constant(vector)[None] for vector in (a, p, n))
    return float(torch.nn.functional.triplet_margin_loss(anchor, positive, negative, margin=float(m), eps=0.0))


def squared_triplet(a: Array, p: Array, n: Array, m: float) -> float:
    """The triplet loss with squared distances."""
    import torch

    anchor, positive, negative = (constant(vector)[None] for vector in (a, p, n))
    loss = torch.nn.functional.triplet_margin_with_distance_loss
    return float(loss(anchor, positive, negative, distance_function=_squared, margin=float(m)))


def _squared(one: Any, other: Any) -> Any:
    import torch

    return torch.nn.functional.mse_loss(one, other, reduction="none").sum(-1)
