"""Two-stage detectors: time for an image, added up box by box, and recall, by counting objects."""

from __future__ import annotations

from fractions import Fraction


def _once(system: str, a: float, b: float, r: float) -> Fraction:
    """Milliseconds that an image costs before the first box is classified."""
    done = {"crops": (a,), "shared": (a, b), "learned": (b, r)}[system]
    return sum((Fraction(str(one)) for one in done), Fraction(0))


def milliseconds(system: str, P: int, a: float, b: float, c: float, h: float, r: float) -> float:
    """Time for an image with P boxes, added up one box after the other.

    a: proposals from the pixels, b: convolutional layers on the whole image, c: the whole network on a crop,
    h: the head on one box, r: the network for proposals on the maps.
    """
    each = Fraction(str(c if system == "crops" else h))
    return float(sum([each] * int(P), _once(system, a, b, r)))


def boxes_in_time(system: str, limit: float, a: float, b: float, c: float, h: float, r: float) -> int:
    """How many boxes can be classified before the time is over, tried out."""
    left, each = Fraction(int(limit)) - _once(system, a, b, r), Fraction(str(c if system == "crops" else h))
    done = range(int(limit / each) + 1)
    return max(boxes for boxes in done if boxes * each <= left)


def recall_by_objects(n: int, missed: int, q: float, wrong: int) -> float:
    """Share of n objects that are found: `missed` have no proposal; of the rest the share q is classified rightly."""
    proposed = set(range(int(n))) - set(range(int(missed)))
    found = sorted(proposed)[: round(q * len(proposed))]
    return len(found) / int(n)


def precision_by_boxes(n: int, missed: int, q: float, wrong: int) -> float:
    """Share of the reported boxes that are right: one for each object found, and `wrong` others."""
    right = round(recall_by_objects(n, missed, q, wrong) * int(n))
    reported = [1] * right + [0] * int(wrong)
    return sum(reported) / len(reported)
