"""Which documents a folder holds, and what is known about them: `manifest.csv`, or the file names alone."""

import csv
import re
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from graph.building import NOT_DOCUMENTS
from graph.iri import key_of
from graph.terms import date_literal
from loaders.document import DocumentInfo
from loaders.errors import LoadError

NAME = "manifest.csv"
COLUMNS = tuple(item.name for item in fields(DocumentInfo) if item.name not in ("named", "joint"))
KEY = re.compile(r"[A-Za-z0-9.-]+")
LANGUAGE = re.compile(r"[a-z]{2}")


@dataclass
class Listing:
    """The documents to load and what was wrong with the list: a row without its file, two files with one symbol."""

    documents: list[tuple[Path, DocumentInfo]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def list_documents(folder: Path, suffixes: tuple[str, ...]) -> Listing:
    """Every document of a folder, in the order of the manifest and then of the names.

    Raises LoadError when the folder or its manifest cannot be read. Files of other types are passed over with a note.
    """
    if not folder.is_dir():
        raise LoadError(f"{folder}: not a folder")
    listing = Listing()
    rows = _rows(folder / NAME) if (folder / NAME).exists() else []
    for number, row in rows:
        _add_row(listing, folder, number, row)
    named = {path.name for path, _ in listing.documents} | {row["file"] for _, row in rows}
    for path in sorted(folder.iterdir()):
        if path.name in named or path.name == NAME or path.name.startswith(".") or not path.is_file():
            continue
        if path.suffix.lower() not in suffixes:
            listing.notes.append(f"{path.name}: not a document of a known type, passed over")
            continue
        if rows:
            listing.notes.append(f"{path.name}: not in {NAME}, loaded by its name alone")
        listing.documents.append((path, DocumentInfo(path.name, _key(path.stem), named=False)))
    return _without_twins(_without_unusable(listing))


def _rows(path: Path) -> list[tuple[int, dict[str, str]]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise LoadError(f"{path}: cannot be read as UTF-8: {error}") from error
    reader = csv.DictReader(text.splitlines())
    try:
        if "file" not in (reader.fieldnames or ()):
            raise LoadError(f"{path}: no column named 'file' in line 1")
        return [(reader.line_num, {key: (value or "").strip() for key, value in row.items() if key}) for row in reader]
    except csv.Error as error:
        raise LoadError(f"{path}: line {reader.line_num} cannot be read as CSV: {error}") from error


def _add_row(listing: Listing, folder: Path, number: int, row: dict[str, str]) -> None:
    name = row.get("file", "")
    path = folder / name
    if not name or path.resolve().parent != folder.resolve():
        listing.faults.append(f"{NAME} line {number}: not a file of this folder: {name!r}")
    elif not path.is_file():
        listing.faults.append(f"{NAME} line {number}: there is no file {name}")
    elif any(path == other for other, _ in listing.documents):
        listing.faults.append(f"{NAME} line {number}: {name} has a row already")
    else:
        known: dict[str, Any] = {key: row.get(key, "") for key in COLUMNS if row.get(key)}
        if row.get("symbol") and row.get("key") not in ("", None, own := _key(row["symbol"])):
            listing.notes.append(f"{name}: others that cite it by its symbol mean the key {own!r}, not {row['key']!r}")
        named = any(row.get(column) for column in ("key", "symbol", "reference"))
        known.setdefault("key", _key(row.get("symbol") or row.get("reference") or path.stem))
        listing.documents.append((path, DocumentInfo(**known, named=named)))


def _key(name: str) -> str:
    """The key that a name gives; the name itself when it gives none, for `_fault` to tell."""
    try:
        return key_of(name)
    except ValueError:
        return name


def _fault(info: DocumentInfo) -> str | None:
    """What is wrong with the values of a row; None when they can be used."""
    if not KEY.fullmatch(info.key):
        return f"{info.key!r} is no key of letters, digits, dots and hyphens: give one in {NAME}"
    if info.key in NOT_DOCUMENTS:
        return f"{info.key!r} is the name of another graph: give another key in {NAME}"
    if not LANGUAGE.fullmatch(info.language):
        return f"{info.language!r} is no language code of two letters"
    if info.issued and not _is_date(info.issued):
        return f"{info.issued!r} is no date of issue such as 2021, 2021-06 or 2021-06-17"
    return None


def _is_date(value: str) -> bool:
    try:
        date_literal(value)
    except ValueError:
        return False
    return True


def _without_unusable(listing: Listing) -> Listing:
    """A row whose values would break the graph is a fault."""
    faults = [(info.file, _fault(info)) for _, info in listing.documents]
    listing.faults += [f"{file}: {fault}" for file, fault in faults if fault]
    listing.documents = [entry for entry in listing.documents if not _fault(entry[1])]
    return listing


def _without_twins(listing: Listing) -> Listing:
    """Of two files with one key or symbol the first stays; the other is a fault."""
    first: dict[str, str] = {}
    kept = []
    for path, info in listing.documents:
        twin = first.get(info.key) or (info.identifier and first.get(info.identifier))
        if twin:
            listing.faults.append(f"{info.file}: has the same symbol or key as {twin}: {info.identifier or info.key}")
            continue
        first[info.key] = info.file
        if info.identifier:
            first[info.identifier] = info.file
        kept.append((path, info))
    listing.documents = kept
    return listing
