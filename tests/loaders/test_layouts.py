"""A text has the same places however a program lays it out: without blank lines, indented, on pages."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from graph.registry import Registry
from loaders import plaintext
from loaders.document import DocumentInfo
from loaders.loading import with_known_references
from loaders.manifest import list_documents
from loaders.structure import structure

FOLDERS = (Path(__file__).parents[1] / "corpus", Path(__file__).parents[1] / "corpus_by_others")
LINES_OF_A_PAGE = 45
LEAST = 0.85


def without_blank_lines(text: str) -> str:
    return re.sub(r"\n\s*\n+", "\n", text)


def indented(text: str) -> str:
    return "\n".join(f"     {line}" for line in text.split("\n"))


def on_pages(text: str) -> str:
    """With the number of each page but the first between blank lines at its foot."""
    lines = text.split("\n")
    pages = [lines[i : i + LINES_OF_A_PAGE] for i in range(0, len(lines), LINES_OF_A_PAGE)]
    feet = [f"\n\n{number}\n\n" for number in range(2, len(pages) + 1)]
    return "".join(foot + "\n".join(page) for foot, page in zip(["", *feet], pages, strict=True))


def with_returns(text: str) -> str:
    return text.replace("\n", "\r\n")


def notes(registry: Registry) -> Iterator[tuple[DocumentInfo, str]]:
    """The notes and decisions of the corpora that print no page numbers of their own."""
    for folder in FOLDERS:
        for path, info in list_documents(folder, (".txt",)).documents:
            text = path.read_text(encoding="utf-8")
            own_pages = re.search(r"^\s*\d{1,3}\s*$", text, re.MULTILINE)
            if path.suffix == ".txt" and info.kind not in ("Report", "Letter") and not own_pages:
                yield with_known_references(info, registry)[0], text


def places(info: DocumentInfo, text: str) -> set[tuple[str, str]]:
    units = structure(info, plaintext.read(text)).units
    return {(unit.kind, unit.label) for unit in units if unit.kind != "Heading"}


@pytest.mark.parametrize("layout", [without_blank_lines, indented, on_pages, with_returns])
def test_the_places_of_notes_and_decisions_stay(layout: Callable[[str], str], registry: Registry) -> None:
    compared = [(info.key, places(info, text), places(info, layout(text))) for info, text in notes(registry)]
    assert len(compared) > 30
    alike = {key: 2 * len(one & other) / (len(one) + len(other)) for key, one, other in compared}
    assert {key: share for key, share in alike.items() if share < LEAST} == {}
