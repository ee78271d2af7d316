"""The parts of a DOCX file as XML trees, within limits on their number, size and compression."""

import posixpath
import zipfile
from io import BytesIO

from lxml import etree

from loaders.errors import LoadError

MAX_ENTRIES = 10_000
MAX_TOTAL = 500_000_000
MAX_PART = 40_000_000
MAX_RATIO = 300
RATIO_FROM = 1_000_000

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")


def local_name(element: etree._Element) -> str:
    """The name of an element without its namespace; empty for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: etree._Element | None, name: str = "val") -> str:
    """An attribute by its name without namespace; empty when there is none."""
    if element is None:
        return ""
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return ""


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """The first child along a path of names without namespace."""
    for name in path:
        if element is None:
            return None
        element = next((item for item in element if local_name(item) == name), None)
    return element


def number(text: str, default: int = 0) -> int:
    """The whole number in an attribute; the default when it holds none."""
    try:
        return int(text)
    except ValueError:
        return default


class Package:
    """An opened DOCX file; raises LoadError for what is none, is encrypted or goes beyond the limits."""

    def __init__(self, content: bytes, name: str) -> None:
        self.name = name
        if content.startswith(_OLE):
            encrypted = _ENCRYPTED_PACKAGE in content
            raise LoadError(f"{name}: {'encrypted' if encrypted else 'an old Word file (.doc); save it as .docx'}")
        if not content.startswith(b"PK"):
            raise LoadError(f"{name}: not a DOCX file: it is no ZIP archive")
        try:
            self._zip = zipfile.ZipFile(BytesIO(content))
        except zipfile.BadZipFile as error:
            raise LoadError(f"{name}: a damaged or cut DOCX file: {error}") from error
        self._entries = {info.filename: info for info in self._zip.infolist()}
        self._check()
        self.main = self._find_main()

    def _check(self) -> None:
        entries = self._zip.infolist()
        if len(entries) > MAX_ENTRIES:
            raise LoadError(f"{self.name}: {len(entries):,} parts, more than the limit of {MAX_ENTRIES:,}")
        total = sum(info.file_size for info in entries)
        if total > MAX_TOTAL:
            raise LoadError(f"{self.name}: unpacks to {total:,} bytes, more than the limit of {MAX_TOTAL:,}")

    def _find_main(self) -> str:
        return self.related("", "officeDocument") or "word/document.xml"

    def related(self, part: str, kind: str) -> str:
        """The name of the part that another one refers to as its `footnotes`, `styles` …; empty when there is none."""
        folder, base = posixpath.split(part)
        relations = self.tree(posixpath.join(folder, "_rels", f"{base}.rels"))
        for relation in relations if relations is not None else ():
            if attribute(relation, "Type").endswith(f"/{kind}") and attribute(relation, "TargetMode") != "External":
                target = attribute(relation, "Target")
                return (
                    target.lstrip("/")
                    if target.startswith("/")
                    else posixpath.normpath(f"{folder}/{target}").lstrip("/")
                )
        return ""

    def tree(self, part: str) -> etree._Element | None:
        """The XML of a part; None when the file has no such part."""
        info = self._entries.get(part)
        if info is None:
            return None
        if info.flag_bits & 0x1:
            raise LoadError(f"{self.name}: encrypted")
        if info.file_size > MAX_PART:
            raise LoadError(f"{self.name}: {part} unpacks to {info.file_size:,} bytes, the limit is {MAX_PART:,}")
        if info.file_size > RATIO_FROM and info.file_size > MAX_RATIO * max(1, info.compress_size):
            raise LoadError(f"{self.name}: {part} is packed more than {MAX_RATIO} times, as only a ZIP bomb is")
        with self._zip.open(info) as stream:
            content = stream.read(MAX_PART + 1)
        return self._parse(content, part)

    def _parse(self, content: bytes, part: str) -> etree._Element:
        if b"<!DOCTYPE" in content.replace(b"\0", b""):
            raise LoadError(f"{self.name}: {part} declares a document type or entities, which no DOCX file does")
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
        )
        try:
            return etree.fromstring(content, parser)
        except etree.XMLSyntaxError as error:
            raise LoadError(f"{self.name}: {part} is no XML: {error}") from error
