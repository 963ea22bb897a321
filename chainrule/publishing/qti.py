"""A package of QTI 1.2 for Canvas: a zip file with the quiz, what Canvas keeps about it, and its pictures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING
from urllib.parse import quote
from xml.etree.ElementTree import Element

from chainrule.publishing.archive import zipped
from chainrule.publishing.chosen import LeftOut
from chainrule.publishing.forms import Export, Form, Options, exported, form_of, remark
from chainrule.publishing.qti_items import ident, qti_item
from chainrule.publishing.qti_numbers import factor
from chainrule.publishing.svg_files import Pictures
from chainrule.publishing.written import Settings, Written, write_export
from chainrule.publishing.xml_parts import add, document, element
from grader.keys import NumberKey

if TYPE_CHECKING:
    from chainrule.publishing.asked import Asked
    from chainrule.publishing.chosen import Chosen

QTI = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
PACKAGE = "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"
CANVAS = "http://canvas.instructure.com/xsd/cccv1p0"
ORDERING = "matching in Canvas: marks for each line in its place, not for lines that follow each other"
STATEMENTS = "Canvas takes off for each wrong mark what one right mark gives"
SCALED = "asked for {:,} times as large: Canvas keeps four decimals of what is typed"
NO_COARSE = "one digit too few earns nothing there, and wrong numbers have no feedback of their own"


def write(settings: Settings, chosen: Chosen | None) -> Written:
    """Writes the package."""
    assert chosen is not None
    return write_export(settings, qti_package(chosen, Options(settings.formulas, settings.solutions)))


def qti_package(chosen: Chosen, options: Options) -> Export:
    """The questions as a package to import in Canvas as a "QTI .zip file"."""
    left_out: list[LeftOut] = []
    remarks: list[LeftOut] = []
    pictures = Pictures(lambda name: f"%24IMS-CC-FILEBASE%24/images/{quote(name)}")

    def one(asked: Asked) -> tuple[Asked, Element]:
        item = qti_item(asked, options, pictures)
        remarks.extend(_remarks(asked, options))
        return asked, item

    items = list(exported(chosen.asked(), one, left_out))
    name = ident("quiz", chosen.quiz.title, *(asked.id for asked, _ in items))
    points = sum(asked.part.marks for asked, _ in items)
    if chosen.family:
        points = sum({asked.part.id: asked.part.marks for asked, _ in items}.values())
    files = {
        "imsmanifest.xml": document(_manifest(name, pictures.files)),
        f"{name}/{name}.xml": document(_assessment(name, chosen, items)),
        f"{name}/assessment_meta.xml": document(_about(name, chosen.quiz.title, points)),
        **{f"images/{picture}": content for picture, content in sorted(pictures.files.items())},
    }
    return Export(zipped(files), len(items), tuple(left_out), tuple(remarks))


def _remarks(asked: Asked, options: Options) -> Iterator[LeftOut]:
    form = form_of(asked.part, options)
    yield from remark(asked, form)
    told = {Form.ORDERING: ORDERING, Form.STATEMENTS: STATEMENTS}
    if asked.part.kind == "number":
        yield LeftOut(asked.id, NO_COARSE)
    key = asked.part.key if form is Form.NUMBER else None
    if isinstance(key, NumberKey) and factor(key) > 1:
        yield LeftOut(asked.id, SCALED.format(factor(key)))
    if form in told:
        yield LeftOut(asked.id, told[form])


def _assessment(name: str, chosen: Chosen, items: Iterable[tuple[Asked, Element]]) -> Element:
    """The quiz. Variants of one family stand in groups of which Canvas draws one for each student."""
    root = element("questestinterop", xmlns=QTI)
    assessment = add(root, "assessment", ident=name, title=chosen.quiz.title)
    field = add(add(assessment, "qtimetadata"), "qtimetadatafield")
    add(field, "fieldlabel", "cc_maxattempts")
    add(field, "fieldentry", "1")
    section = add(assessment, "section", ident="root_section")
    groups: dict[str, Element] = {}
    for asked, item in items:
        if not chosen.family:
            section.append(item)
            continue
        if asked.part.id not in groups:
            groups[asked.part.id] = _group(section, asked)
        groups[asked.part.id].append(item)
    return root


def _group(section: Element, asked: Asked) -> Element:
    group = add(section, "section", ident=ident("group", asked.variant.family, asked.part.id), title=asked.name)
    selection = add(add(group, "selection_ordering"), "selection")
    add(selection, "selection_number", "1")
    add(add(selection, "selection_extension"), "points_per_item", f"{asked.part.marks:g}")
    return group


def _about(name: str, title: str, points: float) -> Element:
    """What Canvas keeps about a quiz; right answers stay hidden until the instructor shows them."""
    root = element("quiz", identifier=name, xmlns=CANVAS)
    settings = {
        "title": title,
        "description": "",
        "shuffle_answers": "false",
        "scoring_policy": "keep_highest",
        "hide_results": "",
        "quiz_type": "assignment",
        "points_possible": f"{points:g}",
        "show_correct_answers": "false",
        "anonymous_submissions": "false",
        "could_be_locked": "false",
        "allowed_attempts": "1",
        "one_question_at_a_time": "false",
        "cant_go_back": "false",
        "available": "false",
    }
    for tag, text in settings.items():
        add(root, tag, text)
    assignment = add(root, "assignment", identifier=ident("assignment", name))
    for tag, text in {
        "title": title,
        "workflow_state": "unpublished",
        "quiz_identifierref": name,
        "points_possible": f"{points:g}",
        "grading_type": "points",
        "submission_types": "online_quiz",
    }.items():
        add(assignment, tag, text)
    add(root, "assignment_group_identifierref", ident("assignments", name))
    return root


def _manifest(name: str, pictures: Iterable[str]) -> Element:
    """What is in the package."""
    root = element("manifest", identifier=ident("manifest", name), xmlns=PACKAGE)
    about = add(root, "metadata")
    add(about, "schema", "IMS Content")
    add(about, "schemaversion", "1.1.3")
    add(root, "organizations")
    resources = add(root, "resources")
    meta = ident("meta", name)
    quiz = add(resources, "resource", identifier=name, type="imsqti_xmlv1p2")
    add(quiz, "file", href=f"{name}/{name}.xml")
    add(quiz, "dependency", identifierref=meta)
    kept = "associatedcontent/imscc_xmlv1p1/learning-application-resource"
    settings = add(resources, "resource", identifier=meta, type=kept, href=f"{name}/assessment_meta.xml")
    add(settings, "file", href=f"{name}/assessment_meta.xml")
    for picture in sorted(pictures):
        path = f"images/{quote(picture)}"
        shown = add(resources, "resource", identifier=ident("picture", picture), type="webcontent", href=path)
        add(shown, "file", href=path)
    return root
