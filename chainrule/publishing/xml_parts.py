"""Elements of XML documents, without the characters that XML cannot hold."""

from __future__ import annotations

import re
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def element(tag: str, text: str = "", /, **attributes: str) -> Element:
    """An element with a text."""
    made = Element(tag, {name: clean(value) for name, value in attributes.items()})
    if text:
        made.text = clean(text)
    return made


def add(parent: Element, tag: str, text: str = "", /, **attributes: str) -> Element:
    """A new last child of `parent`."""
    made = SubElement(parent, tag, {name: clean(value) for name, value in attributes.items()})
    if text:
        made.text = clean(text)
    return made


def clean(text: str) -> str:
    """The text as XML can hold it, and as a plain `str`."""
    return FORBIDDEN.sub("\ufffd", str(text))


def document(root: Element) -> bytes:
    """The document as UTF-8, indented."""
    ElementTree.indent(root)
    text = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()
