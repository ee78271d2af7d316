"""Damaged and hostile files: each gives a LoadError that names the file, quickly, and nothing else."""

import random
import time
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO

import pytest
from builders.pages import as_page
from builders.paper import as_pdf
from builders.samples import LETTER
from builders.word import W, as_docx, package, paragraph, run
from fpdf import FPDF

from loaders import docx, html, pdf
from loaders.document import Block
from loaders.errors import LoadError

Reader = Callable[[bytes, str], list[Block]]
BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
DOCX, PDF = as_docx(LETTER), as_pdf(LETTER)


def zipped(parts: dict[str, bytes], encrypted: bool = False) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    content = stream.getvalue()
    if encrypted:
        content = content.replace(b"PK\x01\x02\x14\x03\x14\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01\x00")
    return content


def of_body(body: str) -> bytes:
    return zipped({"word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'.encode()})


def of_pages(text: str = "", password: str = "") -> bytes:
    document = FPDF()
    document.add_page()
    document.set_font("Times", size=12)
    document.text(20, 20, text)
    if password:
        document.set_encryption("owner", password)
    return bytes(document.output())


def of_objects(*objects: bytes) -> bytes:
    """A PDF without a table of its objects; the first of them is the catalog."""
    body = b"".join(b"%d 0 obj\n%b\nendobj\n" % (place, item) for place, item in enumerate(objects, 1))
    return b"%PDF-1.4\n" + body + b"trailer\n<</Root 1 0 R>>\n%%EOF"


def of_stream(size: int) -> bytes:
    """A page whose packed content unpacks to so many blanks."""
    packed = zlib.compress(b" " * size, 9)
    return of_objects(
        CATALOG,
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/Contents 4 0 R/MediaBox[0 0 99 99]>>",
        b"<</Filter/FlateDecode/Length %d>>\nstream\n%b\nendstream" % (len(packed), packed),
    )


CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
NO_PAGES = of_objects(CATALOG, b"<</Type/Pages/Kids[]/Count 0>>")
HOSTILE: dict[str, tuple[Reader, bytes, str]] = {
    "docx: no zip": (docx.read_bytes, b"Hello", "not a DOCX file"),
    "docx: empty": (docx.read_bytes, b"", "not a DOCX file"),
    "docx: cut": (docx.read_bytes, DOCX[: len(DOCX) // 2], "damaged or cut"),
    "docx: other zip": (docx.read_bytes, zipped({"a.txt": b"x"}), "no document body"),
    "docx: old word": (docx.read_bytes, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old Word file"),
    "docx: encrypted": (
        docx.read_bytes,
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        "encrypted",
    ),
    "docx: encrypted part": (docx.read_bytes, zipped({"word/document.xml": b"<x/>"}, encrypted=True), "encrypted"),
    "docx: no text": (docx.read_bytes, of_body("<w:p/>"), "no text"),
    "docx: entities": (docx.read_bytes, zipped({"word/document.xml": f"{BOMB}<x>&b;</x>".encode()}), "entities"),
    "docx: entities in UTF-16": (
        docx.read_bytes,
        zipped({"word/document.xml": f"\ufeff{BOMB}<x>&b;</x>".encode("utf-16-le")}),
        "entities",
    ),
    "docx: external entity": (
        docx.read_bytes,
        zipped({"word/document.xml": b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'}),
        "entities",
    ),
    "docx: zip bomb": (docx.read_bytes, zipped({"word/document.xml": b" " * 30_000_000}), "ZIP bomb"),
    "docx: large part": (docx.read_bytes, zipped({"word/document.xml": b" " * 41_000_000}), "the limit is"),
    "docx: many parts": (docx.read_bytes, zipped({f"{place}": b"" for place in range(10_001)}), "10,001 parts"),
    "docx: deep": (docx.read_bytes, of_body("<w:sdt>" * 9_000 + "</w:sdt>" * 9_000), "Excessive depth"),
    "docx: no XML": (docx.read_bytes, zipped({"word/document.xml": b"<w:document"}), "is no XML"),
    "pdf: text": (pdf.read_bytes, b"Hello", "not a PDF file"),
    "pdf: cut": (pdf.read_bytes, PDF[: len(PDF) // 2], "cut short"),
    "pdf: no text layer": (pdf.read_bytes, of_pages(), "no text layer"),
    "pdf: encrypted": (pdf.read_bytes, of_pages("Secret text of a page", "user"), "encrypted"),
    "pdf: no pages": (pdf.read_bytes, NO_PAGES, ""),
    "pdf: bomb": (pdf.read_bytes, of_stream(150_000_000), "unpacks to more than"),
    "pdf: nothing in it": (pdf.read_bytes, b"%PDF-1.7\n%%EOF", "damaged PDF file"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_files_are_refused_quickly(case: str) -> None:
    reader, content, message = HOSTILE[case]
    began = time.perf_counter()
    with pytest.raises(LoadError) as caught:
        reader(content, "some file")
    assert time.perf_counter() - began < 5
    assert str(caught.value).startswith("some file: ")
    assert message in str(caught.value)


def test_limits_of_size(monkeypatch: pytest.MonkeyPatch) -> None:
    for module, content in ((docx, DOCX), (pdf, PDF), (html, as_page(LETTER))):
        monkeypatch.setattr(module, "MAX_BYTES", 100)
        with pytest.raises(LoadError, match="more than the limit of 100"):
            module.read_bytes(content, "a")


def test_limits_of_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("loaders.runs.MAX_CHARACTERS", 100)
    monkeypatch.setattr("loaders.pdf.glyphs.MAX_CHARACTERS", 100)
    for module, content in ((docx, DOCX), (pdf, PDF), (html, as_page(LETTER))):
        with pytest.raises(LoadError, match="of text"):
            module.read_bytes(content, "a")


def damaged(content: bytes, count: int) -> list[bytes]:
    """Copies of a file, cut or with some bytes changed; the same ones every time."""
    chance = random.Random(20310504)
    copies = []
    for place in range(count):
        copy = bytearray(content)
        if place % 4 == 0:
            del copy[chance.randrange(len(copy)) :]
        else:
            for _ in range(chance.randint(1, 12)):
                copy[chance.randrange(len(copy))] = chance.randrange(256)
        copies.append(bytes(copy))
    return copies


def repacked(content: bytes, count: int) -> list[bytes]:
    """DOCX files whose XML parts are damaged inside an intact archive."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    copies = []
    for name in sorted(parts):
        for copy in damaged(parts[name], count // len(parts)):
            copies.append(zipped({**parts, name: copy}))
    return copies


FUZZED: dict[str, tuple[Reader, list[bytes]]] = {
    "docx": (docx.read_bytes, damaged(DOCX, 300)),
    "docx parts": (docx.read_bytes, repacked(DOCX, 300)),
    "pdf": (pdf.read_bytes, damaged(PDF, 300)),
    "html": (html.read_bytes, damaged(as_page(LETTER), 300)),
}


@pytest.mark.parametrize("form", FUZZED)
def test_damaged_copies_give_blocks_or_a_load_error(form: str) -> None:
    reader, copies = FUZZED[form]
    read = 0
    for copy in copies:
        try:
            read += bool(reader(copy, "copy"))
        except LoadError as error:
            assert str(error).startswith("copy: ")
    assert read < len(copies)


def test_numbers_out_of_range_in_attributes_are_harmless() -> None:
    starts = [("99999999999", "lowerRoman"), ("-5", "lowerLetter"), ("x", "decimal")]
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="{start}"/><w:numFmt w:val="{style}"/>'
        f'<w:lvlText w:val="%{level + 1}."/></w:lvl>'
        for level, (start, style) in enumerate(starts)
    )
    numbering = f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>'
    numbering += '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    places = ("0", "1", "2", "zzz", "-3")
    items = [f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>' for level in places]
    body = "".join(paragraph(run("text"), item) for item in items)
    blocks = docx.read_bytes(package(body, numbering), "a.docx")
    assert [block.text.endswith("text") for block in blocks] == [True] * 5
