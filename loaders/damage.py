"""Whatever a library raises about a damaged file becomes a LoadError that names the file."""

import ctypes
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from lxml import etree

from loaders.errors import LoadError

LIBRARY_ERRORS = (
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    MemoryError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
    ctypes.ArgumentError,
    lzma.LZMAError,
    struct.error,
    zipfile.BadZipFile,
    zlib.error,
    etree.LxmlError,
)


@contextmanager
def named(name: str, kind: str) -> Iterator[None]:
    """Turns the errors of libraries into `{name}: a damaged {kind} file: …`."""
    try:
        yield
    except LIBRARY_ERRORS as error:
        said = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise LoadError(f"{name}: a damaged {kind} file: {said}") from error
