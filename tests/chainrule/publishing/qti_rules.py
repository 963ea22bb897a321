"""What Canvas reads out of a package of QTI 1.2 and does with answers, written apart from what writes the package."""

from __future__ import annotations

import io
import zipfile
from decimal import Decimal
from urllib.parse import quote
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

ITEM_ORDER = ["itemmetadata", "presentation", "resprocessing", "itemfeedback"]
KINDS = {
    "numerical_question", "multiple_choice_question", "multiple_answers_question", "matching_question",
    "short_answer_question", "essay_question", "file_upload_question",
}  # fmt: skip


def read(content: bytes) -> tuple[dict[str, bytes], Element, list[Element]]:
    """The files of the package, the quiz without namespaces, and its items; the rules of a package are checked."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        files = {name: archive.read(name) for name in archive.namelist()}
    manifest = plain(ElementTree.fromstring(files["imsmanifest.xml"]))
    listed = [file.get("href") for file in manifest.iter("file")]
    assert sorted(map(str, listed)) == sorted(quote(name) for name in files if name != "imsmanifest.xml")
    resources = {one.get("identifier"): one for one in manifest.iter("resource")}
    assert len(resources) == len(list(manifest.iter("resource")))
    (quiz,) = [one for one in resources.values() if one.get("type") == "imsqti_xmlv1p2"]
    assert all(one.get("identifierref") in resources for one in manifest.iter("dependency"))
    root = plain(ElementTree.fromstring(files[str(quiz.find("file").get("href"))]))  # type: ignore[union-attr]
    items = list(root.iter("item"))
    check_items(items)
    return files, root, items


def plain(root: Element) -> Element:
    for node in root.iter():
        node.tag = node.tag.rpartition("}")[2]
    return root


def check_items(items: list[Element]) -> None:
    idents = [item.get("ident") for item in items]
    assert len(set(idents)) == len(idents)
    for item in items:
        order = [ITEM_ORDER.index(child.tag) for child in item]
        assert order == sorted(order)
        about = fields(item)
        assert about["question_type"] in KINDS and float(about["points_possible"]) > 0
        assert item.findtext("presentation/material/mattext")
        _check_references(item, about)


def _check_references(item: Element, about: dict[str, str]) -> None:
    """Conditions speak of responses and options that there are; feedback that is shown is there, and the other way."""
    responses = {one.get("ident"): one for one in item.find("presentation") or () if one.tag.startswith("response_")}
    for tag in ("varequal", "vargte", "varlte"):
        for condition in item.iter(tag):
            response = responses[condition.get("respident")]
            labels = [label.get("ident") for label in response.iter("response_label")]
            assert len(set(labels)) == len(labels)
            if response.tag == "response_lid":
                assert condition.text in labels
    told = [one.get("ident") for one in item.iter("itemfeedback")]
    assert sorted({str(one.get("linkrefid")) for one in item.iter("displayfeedback")}) == sorted(map(str, told))
    options = {str(label.get("ident")) for one in item.iter("response_lid") for label in one.iter("response_label")}
    assert set(filter(None, about["original_answer_ids"].split(","))) == options
    if about["question_type"] not in {"essay_question", "file_upload_question"}:
        assert [float(one.text or "") for one in item.iter("setvar")]


def fields(item: Element) -> dict[str, str]:
    return {one.findtext("fieldlabel") or "": one.findtext("fieldentry") or "" for one in item.iter("qtimetadatafield")}


def points(item: Element, response: object) -> float:
    """The share of the points that Canvas gives for the response."""
    match fields(item)["question_type"]:
        case "numerical_question":
            return float(_number(item, Decimal(f"{float(str(response)):.4f}")))  # what the student's page sends
        case "short_answer_question":
            accepted = {str(one.text).strip().casefold() for one in item.iter("varequal")}
            return float(str(response).strip().casefold() in accepted)
        case "multiple_choice_question":
            (right,) = _scoring(item)
            return float(right.findtext("conditionvar/varequal") == response)
        case "multiple_answers_question":
            assert isinstance(response, set | frozenset)
            (scoring,) = _scoring(item)
            right = {one.text for one in scoring.iterfind("conditionvar/and/varequal")}
            return max(0.0, (len(response & right) - len(response - right)) / len(right))
        case "matching_question":
            assert isinstance(response, dict)
            earned = 0.0
            for one in _scoring(item):
                equal = one.find("conditionvar/varequal")
                assert equal is not None
                if response.get(equal.get("respident")) == equal.text:
                    earned += float(one.findtext("setvar") or "")
            return round(earned) / 100
    raise AssertionError


def _scoring(item: Element) -> list[Element]:
    return [one for one in item.iter("respcondition") if one.find("setvar") is not None]


def _number(item: Element, number: Decimal) -> bool:
    """Canvas takes the margin between the number and the upper end, for both sides."""
    (scoring,) = _scoring(item)
    either = scoring.find("conditionvar/or")
    assert either is not None
    exact = Decimal(either.findtext("varequal") or "")
    margin = Decimal(either.findtext("and/varlte") or "") - exact
    assert exact - Decimal(either.findtext("and/vargte") or "") == margin
    margin = Decimal(str(float(margin)))
    return exact - margin <= number <= exact + margin
