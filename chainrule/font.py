"""The mathematics font of a page: STIX Two Math, cut down to what the page draws and put into its stylesheet.

The font lies in the package `ziamath` and is cut by `fontTools`, both of the extra `full`. Without them
pages use the mathematics font of the reader's system.
"""

from __future__ import annotations

import html
import re
from base64 import b64encode
from functools import cache
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

from markupsafe import Markup

FAMILY = "Chainrule Math"
MATH = re.compile(r"<math\b.*?</math>", re.DOTALL)
TAG = re.compile(r"<[^>]*>")

# Drawn by <msqrt>, accents and fences without standing in the text.
DRAWN = frozenset(map(ord, "√()[]{}|‖∣∥⌊⌋⌈⌉⟨⟩¯ˆ˜˙¨→‾")) | frozenset(range(0x300, 0x309))
ALWAYS = DRAWN | frozenset(map(ord, " 0123456789+-=.,"))


def font_face(page: str, path: Path | None) -> Markup:
    """The `@font-face` rule for the mathematics in `page` (HTML); '' without mathematics or a font at `path`."""
    drawn = "".join(html.unescape(TAG.sub("", element)) for element in MATH.findall(page))
    if path is None or not drawn:
        return Markup()
    characters = frozenset(map(ord, drawn))
    data = b64encode(subset_font(path, characters | italics(characters) | ALWAYS)).decode("ascii")
    return Markup(
        "/* A subset of STIX Two Math, SIL Open Font License 1.1 */\n"
        f'@font-face {{ font-family: "{FAMILY}"; src: url("data:font/woff2;base64,{data}") format("woff2"); }}\n'
    )


def italics(characters: frozenset[int]) -> frozenset[int]:
    """The italic letters that browsers draw for these in `<mi>x</mi>`; the page's text does not contain them."""
    latin = {0x1D434 + i: ord("A") + i for i in range(26)} | {0x1D44E + i: ord("a") + i for i in range(26)}
    greek = {0x1D6E2 + i: 0x391 + i for i in range(25)} | {0x1D6FC + i: 0x3B1 + i for i in range(25)}
    variants = dict(zip(range(0x1D715, 0x1D71C), map(ord, "∂ϵϑϰϕϱϖ"), strict=True))
    drawn = latin | greek | variants | {0x210E: ord("h")}  # Planck's constant is the italic h
    return frozenset(italic for italic, plain in drawn.items() if plain in characters)


@cache
def subset_font(path: Path, characters: frozenset[int]) -> bytes:
    """The font as WOFF2 with these code points and their stretched and script variants."""
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    options = Options()
    options.hinting = False
    options.layout_features = ["ssty"]  # the letters drawn for exponents and subscripts
    options.name_IDs = [0, 1, 2, 13]
    options.notdef_outline = True
    options.drop_tables += ["DSIG", "GPOS"]
    with TTFont(path, recalcTimestamp=False) as font:
        subsetter = Subsetter(options)
        subsetter.populate(unicodes=characters)
        subsetter.subset(font)
        font.flavor = "woff2"
        result = BytesIO()
        font.save(result)
    return result.getvalue()


def font_path() -> Path | None:
    """Where the installed font lies, or None without the extra `full`. Imports nothing of it."""
    package = find_spec("ziamath")
    if package is None or package.origin is None or not (find_spec("fontTools") and find_spec("brotli")):
        return None
    path = Path(package.origin).parent / "fonts" / "STIXTwoMath-Regular.ttf"
    return path if path.is_file() else None
