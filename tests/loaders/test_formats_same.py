"""The same document as text, HTML, DOCX and PDF gives the same units."""

import pytest
from builders.description import Item
from builders.pages import as_page
from builders.paper import as_pdf
from builders.samples import LETTER, NOTE, NOTE_TITLE, REPORT, REPORT_TITLE
from builders.texts import as_text
from builders.word import as_docx

from loaders import docx, html, pdf, plaintext
from loaders.document import Block, DocumentInfo
from loaders.structure import structure

DOCUMENTS = {
    "note": (NOTE, DocumentInfo("note", "note", title=NOTE_TITLE)),
    "letter": (LETTER, DocumentInfo("letter", "letter")),
    "report": (REPORT, DocumentInfo("report", "report", title=REPORT_TITLE)),
}
FORMATS = {
    "html": lambda items: html.read_bytes(as_page(items), "a.html"),
    "docx": lambda items: docx.read_bytes(as_docx(items), "a.docx"),
    "pdf": lambda items: pdf.read_bytes(as_pdf(items), "a.pdf"),
    "narrow pdf": lambda items: pdf.read_bytes(as_pdf(items, width=300), "a.pdf"),
}


def units(info: DocumentInfo, blocks: list[Block]) -> list[tuple[str, ...]]:
    return [(unit.path, unit.kind, unit.label, unit.text, unit.note_of) for unit in structure(info, blocks).units]


def of_text(items: list[Item], info: DocumentInfo) -> list[tuple[str, ...]]:
    return units(info, plaintext.read_bytes(as_text(items), "a.txt"))


@pytest.mark.parametrize("document", DOCUMENTS)
@pytest.mark.parametrize("form", FORMATS)
def test_every_format_gives_the_units_of_the_text(document: str, form: str) -> None:
    items, info = DOCUMENTS[document]
    assert units(info, FORMATS[form](items)) == of_text(items, info)


@pytest.mark.parametrize("document", DOCUMENTS)
@pytest.mark.parametrize("form", FORMATS)
def test_every_format_gives_the_bold_paragraphs_and_levels_of_the_text(document: str, form: str) -> None:
    def shape(blocks: list[Block]) -> list[tuple[str, str, int]]:
        return [(block.text, block.kind, block.level) for block in blocks if block.kind != "starred"]

    items, _ = DOCUMENTS[document]
    expected = shape(plaintext.read_bytes(as_text(items), "a.txt"))
    found = shape(FORMATS[form](items))
    assert [row for row in found if row[1] == "heading"] == [row for row in expected if row[1] == "heading"]


def test_the_note_holds_what_the_test_is_about() -> None:
    items, info = DOCUMENTS["note"]
    paths = {unit[0]: unit for unit in of_text(items, info)}
    assert paths["para_4/point_b/point_ii"][2] == "4(b)(ii)"
    assert paths["annex_1/fn_1"][4] == "draft-decision_1/op_1"
    assert paths["fn_2"][4] == "para_5"
    assert paths["fn_star"][4] == "header"
