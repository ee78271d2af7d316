"""Damaged copies of real-looking documents: cut, shuffled, byte-flipped, in mixed encodings."""

import random
from pathlib import Path

import pytest

from graph.registry import load_registry
from loaders.analysis import Analyst, build_analyst
from loaders.document import DocumentInfo
from loaders.errors import LoadError
from loaders.reading import read_document
from loaders.triples import document_quads

CORPUS = sorted(p for p in (Path(__file__).parents[1] / "corpus").iterdir() if p.suffix in (".txt", ".md"))


@pytest.fixture(scope="module")
def analyst() -> Analyst:
    return build_analyst(load_registry())


def cut(content: bytes, rng: random.Random) -> bytes:
    begin, end = sorted(rng.randrange(len(content) + 1) for _ in range(2))
    return content[begin:end]


def shuffled(content: bytes, rng: random.Random) -> bytes:
    lines = content.split(b"\n")
    rng.shuffle(lines)
    return b"\n".join(lines)


def flipped(content: bytes, rng: random.Random) -> bytes:
    damaged = bytearray(content)
    for _ in range(rng.randrange(1, 40)):
        damaged[rng.randrange(len(damaged))] = rng.randrange(256)
    return bytes(damaged)


def mixed(content: bytes, rng: random.Random) -> bytes:
    middle = rng.randrange(len(content))
    text = content.decode(errors="replace")
    return text[:middle].encode() + text[middle:].encode(rng.choice(["utf-16", "latin-1", "cp1252"]), "replace")


def glued(content: bytes, rng: random.Random) -> bytes:
    return content.replace(b"\n\n", rng.choice([b"\n", b" ", b"****", b"\n---\n"]))


def load(path: Path, content: bytes, analyst: Analyst) -> bool:
    """Whether it loads; False when it is refused as a document should be."""
    path.write_bytes(content)
    try:
        document = read_document(path, DocumentInfo(path.name, "damaged", publisher="minamata-secretariat"))
    except LoadError as error:
        assert path.name in str(error)
        return False
    analysis = analyst.analyse(document)
    for unit in document.units:
        for mention in analysis.mentions[unit.path]:
            assert 0 <= mention.start < mention.end <= len(unit.text)
    document_quads(analysis, analyst.registry)
    return True


def mutate(count: int, tmp_path: Path, analyst: Analyst) -> list[bool]:
    rng = random.Random(20211101)
    originals = [path.read_bytes() for path in CORPUS]
    results = []
    for _ in range(count):
        content = rng.choice(originals)
        for mutation in rng.sample([cut, shuffled, flipped, mixed, glued], rng.randrange(1, 3)):
            content = mutation(content, rng) if content else content
        results.append(load(tmp_path / "damaged.txt", content, analyst))
    return results


def test_damaged_documents_load_or_are_refused(tmp_path: Path, analyst: Analyst) -> None:
    results = mutate(150, tmp_path, analyst)
    assert any(results) and not all(results)


@pytest.mark.slow
def test_ten_thousand_damaged_documents(tmp_path: Path, analyst: Analyst) -> None:
    assert len(mutate(10_000, tmp_path, analyst)) == 10_000
