"""Names that a submission chose, as far as they may be told.

A submission could name a type after the values of a hidden case. So from a hidden case only well-known names are told;
from a shown one, and from what ran before any case, all are.
"""

from __future__ import annotations

import builtins

EXCEPTIONS = frozenset(n for n, v in vars(builtins).items() if isinstance(v, type) and issubclass(v, BaseException))
OTHER_EXCEPTIONS = frozenset({"AxisError", "LinAlgError", "OutOfMemoryError"})
TYPES = frozenset(n for n, v in vars(builtins).items() if isinstance(v, type))
OTHER_TYPES = frozenset({"NoneType", "function", "generator", "matrix", "MaskedArray", "ndarray", "Tensor", "Size"})
DTYPES = frozenset({"object", "longdouble", "float128", "float80", "clongdouble", "complex256", "datetime64"})


def told_exception(name: str, *, shown: bool) -> str:
    """The name of an exception's type, or words for one that is the submission's own."""
    return name if shown or name in EXCEPTIONS | OTHER_EXCEPTIONS else "an exception of its own"


def told_type(name: str, *, shown: bool) -> str:
    """The name of a type, or words for one that is the submission's own."""
    return name if shown or name in TYPES | OTHER_TYPES else "a type of its own"


def told_dtype(name: str, *, shown: bool) -> str:
    """The name of a dtype, or words for an unusual one."""
    return name if shown or name in DTYPES else "another kind"
