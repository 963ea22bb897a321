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

# Browsers draw <mi>x</mi> with italic letters that the page's text does not contain; h is U+210E among them.
ITALIC = frozenset([*range(0x1D434, 0x1D468), *range(0x1D6E2, 0x1D71C), 0x210E])
# Drawn by <msqrt>, accents and fences without standing in the text.
DRAWN = frozenset(map(ord, "√()[]{}|‖∣∥⌊⌋⌈⌉⟨⟩¯ˆ˜˙¨→‾")) | frozenset(range(0x300, 0x309))
ALWAYS = ITALIC | DRAWN | frozenset(range(0x20, 0x7F))


def font_face(page: str, path: Path | None) -> Markup:
    """The `@font-face` rule for the mathematics in `page` (HTML); '' without mathematics or a font at `path`."""
    drawn = "".join(html.unescape(TAG.sub("", element)) for element in MATH.findall(page))
    if path is None or not drawn:
        return Markup()
    data = b64encode(subset_font(path, frozenset(map(ord, drawn)) | ALWAYS)).decode("ascii")
    return Markup(
        "/* A subset of STIX Two Math, SIL Open Font License 1.1 */\n"
        f'@font-face {{ font-family: "{FAMILY}"; src: url("data:font/woff2;base64,{data}") format("woff2"); }}\n'
    )


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
