"""Reads the files of a check: their statements without blank nodes, the line of each subject, and faults of syntax."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple, parse

from graph.checks_findings import VIOLATION, Finding
from graph.checks_lines import Lines, scan, xml_error_line
from graph.errors import UsageError
from graph.iri import BASE, key_of, thing
from graph.nquads import FORMATS as PUBLISHED_FORMATS
from graph.terms import OWL

FORMATS = {**PUBLISHED_FORMATS, ".json": RdfFormat.JSON_LD, ".owl": RdfFormat.RDF_XML, ".xml": RdfFormat.RDF_XML}
FOUND_IN_FOLDERS = tuple(PUBLISHED_FORMATS)

Node = NamedNode | BlankNode | Literal | Triple


@dataclass(frozen=True)
class CheckedFile:
    """One file: its usable statements, where its subjects are, and what is wrong with the file itself."""

    name: str
    quads: tuple[Quad, ...]
    lines: Lines
    faults: tuple[Finding, ...]


def data_files(paths: Iterable[Path]) -> list[Path]:
    """The RDF files among the paths and in the folders among them; UsageError for anything else."""
    found: dict[Path, None] = {}
    for path in paths:
        inside = _inside(path) if path.is_dir() else [path]
        if not inside:
            raise UsageError(f"{path}: no RDF files in this folder")
        if inside[0].suffix not in FORMATS:
            raise UsageError(f"{path}: unknown RDF format, expected one of {', '.join(sorted(FORMATS))}")
        found.update(dict.fromkeys(inside))
    return list(found)


def _inside(folder: Path) -> list[Path]:
    """The RDF files of a folder at any depth, without what is hidden, such as `.venv`."""
    found = sorted(path for path in folder.rglob("*") if path.suffix in FOUND_IN_FOLDERS)
    return [path for path in found if not any(part.startswith(".") for part in path.relative_to(folder).parts)]


def shown(path: Path) -> str:
    """The path as reports name it: relative to the working directory, with slashes."""
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return path.as_posix()


def read_file(path: Path) -> CheckedFile:
    """A file as it is checked; what cannot be parsed is one finding. UsageError when it cannot be opened."""
    name, form = shown(path), FORMATS[path.suffix]
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror}") from error
    text = content.decode("utf-8", errors="replace")
    try:
        quads = list(parse(content, format=form, base_iri=BASE))
    except (SyntaxError, ValueError) as error:
        return CheckedFile(name, (), Lines(), (_syntax_fault(name, text, form, error),))
    lines = scan(text, form)
    named = _Named(name, lines)
    usable = tuple(quad for quad in map(named.quad, quads) if quad is not None)
    return CheckedFile(name, usable, lines, tuple(named.faults))


def _syntax_fault(name: str, text: str, form: RdfFormat, error: SyntaxError | ValueError) -> Finding:
    line = getattr(error, "lineno", None) or (xml_error_line(text) if form == RdfFormat.RDF_XML else 1)
    message = getattr(error, "msg", None) or str(error)
    return Finding(name, line, "syntax", VIOLATION, f"not valid {form.name}: {message}")


class _Named:
    """Gives blank nodes names for the time of the check and finds what the model does without."""

    def __init__(self, file: str, lines: Lines) -> None:
        self.file, self.lines = file, lines
        self.names: dict[BlankNode, NamedNode] = {}
        self.faults: set[Finding] = set()

    def quad(self, quad: Quad) -> Quad | None:
        """The quad with names for its blank nodes; None when it cannot be used, which is then a fault."""
        subject, value = quad.subject, quad.object
        if isinstance(subject, Triple) or isinstance(value, Triple):
            self._fault("triple-term", 1, f"a statement about a statement: {quad.triple}", None)
            return None
        line = self._line(subject)
        subject = self._name(subject, line)
        if isinstance(value, BlankNode):
            value = self._name(value, line)
        if quad.predicate == OWL.sameAs:
            self._fault("same-as", line, f"{subject} and {value} are said to be one", subject)
            return None
        return Quad(subject, quad.predicate, value)

    def _line(self, node: NamedNode | BlankNode) -> int:
        name = node.value if isinstance(node, NamedNode) else str(node)
        if isinstance(node, BlankNode) and node in self.names:
            name = self.names[node].value
        return self.lines.of(name) or 1

    def _name(self, node: NamedNode | BlankNode, line: int) -> NamedNode:
        if isinstance(node, NamedNode):
            return node
        if node not in self.names:
            name = thing("genid", f"{key_of(self.file)}-{len(self.names) + 1}")
            self.names[node] = name
            self.lines.subjects.setdefault(name.value, line)
            self._fault("blank-node", line, "a blank node: give it an IRI", name)
        return self.names[node]

    def _fault(self, rule: str, line: int, message: str, subject: NamedNode | None) -> None:
        self.faults.add(Finding(self.file, line, rule, VIOLATION, message, subject and subject.value))


@dataclass(frozen=True)
class Places:
    """Where things are told, over all files of a check."""

    files: tuple[CheckedFile, ...]

    def of(self, iri: str) -> tuple[str, int] | None:
        """File and line where the thing is described, else where it is named; None when no file names it."""
        for which in ("subjects", "mentions"):
            for file in self.files:
                line = getattr(file.lines, which).get(iri)
                if line is not None:
                    return file.name, line
        return None

    def first(self, iris: Iterable[str]) -> tuple[str, int]:
        """The place of the first of the things that has one, else the top of the first file."""
        found: Iterator[tuple[str, int]] = (place for iri in iris if (place := self.of(iri)))
        return next(found, (self.files[0].name, 1))
