"""The small pieces that items of QTI 1.2 are made of."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from markupsafe import Markup

from chainrule.publishing.xml_parts import add

RESPONSE = "response1"


def material(parent: Element, text: Markup | str) -> None:
    """A text in HTML."""
    add(add(parent, "material"), "mattext", str(text), texttype="text/html")


def field(presentation: Element, **attributes: str) -> None:
    """A field to type into."""
    response = add(presentation, "response_str", ident=RESPONSE, rcardinality="Single")
    add(add(response, "render_fib", **attributes), "response_label", ident="answer1", rshuffle="No")


def condition_for(processing: Element, goes_on: str, *, other: bool = True) -> Element:
    """A condition, for any answer where `other`."""
    made = add(processing, "respcondition", **{"continue": goes_on})
    condition = add(made, "conditionvar")
    if other:
        add(condition, "other")
    return made


def equal(parent: Element | None, value: str, respident: str = RESPONSE) -> None:
    """Asks whether the response is this value."""
    assert parent is not None
    add(parent, "varequal", value, respident=respident)


def full(condition: Element) -> None:
    """Full marks under this condition."""
    add(condition, "setvar", "100", action="Set", varname="SCORE")


def shown(condition: Element, ident: str) -> None:
    """Shows this feedback under the condition."""
    add(condition, "displayfeedback", feedbacktype="Response", linkrefid=ident)


def feedback(item: Element, ident: str, text: Markup) -> None:
    """A feedback of the item, in HTML."""
    material(add(add(item, "itemfeedback", ident=ident), "flow_mat"), text)
