"""A quiz on paper: what stands on paper and key, and that both are printed under the same label."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from published import chosen, quiz_file, small_bank

from chainrule.cli import run
from chainrule.pdf import find_browser
from chainrule.publishing.pdf_paper import paper_html

ONE = "convolution.output-size@7"


def test_the_paper_tells_neither_keys_nor_where_they_come_from() -> None:
    paper, key = paper_html(chosen(), key=False), paper_html(chosen(), key=True)
    for asked in chosen().asked():
        assert asked.variant.family not in paper and asked.variant.family in key
    labels = [re.findall(r"[0-9A-F]{4}-[0-9A-F]{4}", page)[0] for page in (paper, key)]
    assert labels[0] == labels[1]
    assert "Step by step" in key or "steps" in key


def test_without_a_browser_it_says_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("chainrule.pdf.find_browser", lambda: None)
    quiz = quiz_file(tmp_path, ONE)
    banks = ["--bank", str(small_bank(tmp_path / "bank", ONE))]
    assert run([*banks, "publish", "pdf", str(quiz), "--out", str(tmp_path / "paper.pdf")]) == 2
    assert "Chromium" in capsys.readouterr().err and not (tmp_path / "paper.pdf").exists()


@pytest.mark.skipif(find_browser() is None, reason="no Chromium on the PATH")
def test_paper_and_key_are_printed_and_nothing_is_written_over(tmp_path: Path) -> None:
    quiz = quiz_file(tmp_path, ONE)
    paper = tmp_path / "paper.pdf"
    words = ["--bank", str(small_bank(tmp_path / "bank", ONE)), "publish", "pdf", str(quiz), "--out", str(paper)]
    assert run(words) == 0
    for content in (paper.read_bytes(), (tmp_path / "paper-key.pdf").read_bytes()):
        assert content.startswith(b"%PDF-") and b"Date (D:19800101000000" in content
        assert not re.search(rb"\(D:20", content)  # the same quiz gives the same bytes
    assert run(words) == 2
