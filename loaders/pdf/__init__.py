"""PDF: a file's bytes -> the blocks that the same document would give as plain text.

Running headers, footers and page numbers are left out, footnotes follow the paragraph that holds their marker.
"""

import re
import zlib

import pypdfium2
import pypdfium2.raw as pdfium

from loaders.damage import named
from loaders.document import Block
from loaders.errors import LoadError
from loaders.hosting import place_notes
from loaders.pdf.glyphs import read_pages
from loaders.pdf.lines import Line, lines_of, with_margins
from loaders.pdf.notes import NoteLines, split_notes
from loaders.pdf.paragraphs import Composer, body_size, group_lines
from loaders.pdf.running import without_running
from loaders.runs import Passage, bounded

SUFFIXES = (".pdf",)
MAX_BYTES = 200_000_000
MAX_PAGES = 5_000
MAX_STREAM = 100_000_000

_HEAD = 1024
_TAIL = 4096
_FEWEST_LETTERS = 10
_STREAM = re.compile(rb"stream\r?\n(?=\x78)")
_CHUNK = 1 << 16


def read_bytes(content: bytes, name: str) -> list[Block]:
    """The blocks of a PDF file; LoadError when it is none, damaged, encrypted, too large, or has no text layer."""
    _check(content, name)
    with named(name, "PDF"):
        document = _open(content, name)
        try:
            if not 0 < len(document) <= MAX_PAGES:
                raise LoadError(f"{name}: {len(document):,} pages, expected 1 to {MAX_PAGES:,}")
            return bounded(_blocks(document, name), name)
        finally:
            document.close()


def _check(content: bytes, name: str) -> None:
    if len(content) > MAX_BYTES:
        raise LoadError(f"{name}: {len(content):,} bytes, more than the limit of {MAX_BYTES:,}")
    if b"%PDF-" not in content[:_HEAD]:
        raise LoadError(f"{name}: not a PDF file: it does not start with %PDF-")
    if b"%%EOF" not in content[-_TAIL:]:
        raise LoadError(f"{name}: the PDF file is cut short: its end mark %%EOF is missing")
    for match in _STREAM.finditer(content):
        if _unpacks_beyond(content, match.end()):
            raise LoadError(f"{name}: a stream at byte {match.end():,} unpacks to more than {MAX_STREAM:,} bytes")


def _unpacks_beyond(content: bytes, start: int) -> bool:
    """Whether a packed stream is larger than any page or picture needs; what does not unpack is not."""
    unpacker = zlib.decompressobj()
    size, position = 0, start
    view = memoryview(content)
    try:
        while not unpacker.eof and position < len(content) and size <= MAX_STREAM:
            waiting = unpacker.unconsumed_tail
            if not waiting:
                waiting = bytes(view[position : position + _CHUNK])
                position += _CHUNK
            size += len(unpacker.decompress(waiting, 1 << 20))
    except zlib.error:
        return False
    return size > MAX_STREAM


def _open(content: bytes, name: str) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        code = pdfium.FPDF_GetLastError()
        if code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY) or "password" in str(error).lower():
            raise LoadError(f"{name}: encrypted: it needs a password") from error
        raise


def _blocks(document: pypdfium2.PdfDocument, name: str) -> list[Block]:
    pages = [(page, lines_of(page)) for page in read_pages(document, name)]
    letters = sum(sum(map(str.isalpha, span.text)) for page, _ in pages for span in page.spans)
    if letters < _FEWEST_LETTERS:
        raise LoadError(f"{name}: no text layer on its {len(pages):,} pages: a scan must go through OCR first")
    kept = without_running(pages)
    everything = [line for lines in kept for line in lines]
    size = body_size(everything)
    body: list[Line] = []
    notes: list[NoteLines] = []
    for (page, _), lines in zip(pages, kept, strict=True):
        own, found = split_notes(page, lines, size)
        body.extend(own)
        for note in found:
            if not note.key and notes:
                notes[-1].lines.extend(note.lines)
            else:
                notes.append(note)
    return place_notes(_passages(everything, body, notes, size))


def _passages(everything: list[Line], body: list[Line], notes: list[NoteLines], size: float) -> list[Passage]:
    """The paragraphs of all pages, each page's footnotes behind the paragraph that ends on it or goes beyond it."""
    composer = Composer(everything, size)
    found: list[Passage] = []
    waiting = list(notes)
    for paragraph in group_lines(with_margins(body)):
        while waiting and waiting[0].page < paragraph.lines[0].page:
            found.extend(composer.note(waiting.pop(0)))
        found.extend(composer.passages(paragraph))
    for note in waiting:
        found.extend(composer.note(note))
    return found
