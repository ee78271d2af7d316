"""A file -> a structured document: the format is chosen by the ending, one module per format."""

import hashlib
from collections.abc import Callable
from pathlib import Path

from loaders import docx, html, pdf, plaintext
from loaders.document import Block, Document, DocumentInfo
from loaders.errors import LoadError
from loaders.structure import structure

Reader = Callable[[bytes, str], list[Block]]
"""The content of a file and its name -> its blocks; raises LoadError."""

READERS: dict[str, Reader] = {
    **dict.fromkeys(plaintext.SUFFIXES, plaintext.read_bytes),
    ".html": html.read_bytes,
    ".htm": html.read_bytes,
    ".docx": docx.read_bytes,
    ".pdf": pdf.read_bytes,
}
SUFFIXES = tuple(READERS)


def read_document(path: Path, info: DocumentInfo) -> Document:
    """The document in a file; LoadError names the file and what is wrong with it."""
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise LoadError(f"{path.name}: unknown type {path.suffix!r}, expected one of {', '.join(SUFFIXES)}")
    try:
        content = path.read_bytes()
    except OSError as error:
        raise LoadError(f"{path.name}: cannot be read: {error.strerror}") from error
    return structure(info, reader(content, path.name), hashlib.sha256(content).hexdigest())
