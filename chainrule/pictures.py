"""Pictures as SVG in the page's own colours, so that they fit light, dark and print."""

from __future__ import annotations

from markupsafe import Markup

from chainrule.graph import drawing_svg
from chainrule.picture_diagrams import diagram_svg
from chainrule.picture_grids import grids_svg
from chainrule.picture_heat import heat_svg
from chainrule.picture_plots import plot_svg
from chainrule.picture_strips import strips_svg
from chainrule.picture_text import picture_text
from solutions.drawings import Diagram, Drawing, Graph, Grids, Heat, Plot, Strips


def picture_svg(drawing: Drawing) -> Markup:
    """The picture; its text alternative holds everything that it shows."""
    label = picture_text(drawing)
    match drawing:
        case Plot():
            return plot_svg(drawing, label)
        case Grids():
            return grids_svg(drawing, label)
        case Heat():
            return heat_svg(drawing, label)
        case Strips():
            return strips_svg(drawing, label)
        case Graph():
            return drawing_svg(drawing, label)
        case Diagram():
            return diagram_svg(drawing, label)
