"""Chainrule: exam practice for deep learning, with questions that are drawn and answers that are judged.

The public API, imported on first use so that `import chainrule` costs nothing:

    bank = chainrule.load_bank()                              # Bank
    variant = bank.family("convolution.output-size").draw(7)  # Variant
    verdict = chainrule.grade(variant.parts[0], "12")         # Verdict
"""

# Nothing may be imported here: this file runs before `chainrule/__main__.py` has cleaned the import path.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from chainrule.api import Family, Variant, Verdict, grade, load_bank

__version__ = "0.1.0"
__all__ = ["Family", "Variant", "Verdict", "grade", "load_bank"]


def __getattr__(name: str) -> object:
    """The public object of that name, imported now."""
    if name in __all__:
        from chainrule import api

        return getattr(api, name)
    raise AttributeError(f"module 'chainrule' has no attribute {name!r}")


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
