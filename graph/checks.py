"""Checks RDF files of anyone's against the shapes, the ontology, the authority data and competency queries.

The files are taken together with the authority data that they refer to and with what follows by the axioms, except
classes: a range must not make an agent of something that nobody describes.
"""

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pyoxigraph
from pyoxigraph import NamedNode, Quad
from pyparsing import ParseException
from pyshacl.errors import ReportableRuntimeError
from rdflib import RDF, SH, URIRef

from graph.authority_graph import authority_quads
from graph.checks_authority import authority_findings
from graph.checks_files import CheckedFile, Places, data_files, read_file, shown
from graph.checks_findings import RULES, VIOLATION, WARNING, CheckReport, Finding, Rule
from graph.checks_queries import query_findings, read_query
from graph.errors import DataError, UsageError
from graph.inference import find_inconsistencies, infer
from graph.iri import BASE
from graph.ontology import ontology_quads
from graph.registry import Registry
from graph.terms import MEA, TYPE
from graph.validation import SHAPES, Violation, shapes_graph, validate


def check(
    paths: Sequence[Path], registry: Registry, *, shapes: Path | None = None, queries: Path | None = None
) -> CheckReport:
    """The findings on the files, and on the folder of queries over them; UsageError when there is nothing to check."""
    files = tuple(read_file(path) for path in data_files(paths))
    folders = [SHAPES, *([shapes] if shapes else [])]
    for folder in folders:
        if not any(folder.glob("*.ttl")):
            raise UsageError(f"{folder}: no shapes (*.ttl) in this folder")
    questions = _query_files(queries) if queries else []
    findings = {fault for file in files for fault in file.faults}
    data = [quad for file in files for quad in file.quads]
    checked = _Checked(data, files, registry)
    for folder in folders:
        findings.update(checked.shape_findings(folder))
    findings.update(checked.clashes(), checked.unknown_terms(), authority_findings(data, registry, checked.places))
    findings.update(_answers(questions, checked) if questions else ())
    names = (*(file.name for file in files), *map(shown, questions))
    return CheckReport(names, len(data), tuple(sorted(findings, key=_order)), _rules(folders))


def _order(finding: Finding) -> tuple[str, int, str, str, str, str]:
    return finding.file, finding.line, finding.rule, finding.subject or "", finding.message, finding.value or ""


def _query_files(folder: Path) -> list[Path]:
    found = sorted(folder.rglob("*.rq"))
    if not found:
        raise UsageError(f"{folder}: no queries (*.rq) in this folder")
    return found


def _answers(questions: Iterable[Path], checked: "_Checked") -> Iterator[Finding]:
    store = checked.store()
    for path in questions:
        yield from query_findings(read_query(path, shown(path)), store)


class _Checked:
    """The statements of the files with the part of the authority data that they refer to."""

    def __init__(self, data: list[Quad], files: tuple[CheckedFile, ...], registry: Registry) -> None:
        self.data, self.places = data, Places(files)
        self.authority, self.ontology = authority_quads(registry), ontology_quads()
        self.described = {quad.subject for quad in data}
        self.reference = reachable(data, self.authority)
        self.inferred = infer([*data, *self.reference], self.ontology)

    def shape_findings(self, shapes: Path) -> Iterator[Finding]:
        follows = [quad for quad in self.inferred if quad.predicate != TYPE]
        known = {quad.subject for quad in (*self.reference, *self.ontology)} - self.described
        for fault in _validated([*self.data, *self.reference, *follows], shapes):
            node = fault.node if ":" in fault.node else BASE + fault.node
            if NamedNode(node) not in known:
                yield self._finding(fault, node)

    def _finding(self, fault: Violation, node: str) -> Finding:
        severity = VIOLATION if fault.severity == "Violation" else WARNING
        return Finding(*self.places.first([node]), fault.shape, severity, fault.message, node, fault.value)

    def clashes(self) -> Iterator[Finding]:
        """Contradictions, each at the first of its terms that a file names."""
        for clash in find_inconsistencies([*self.data, *self.reference, *self.inferred], self.ontology):
            terms = [term for triple in clash.triples for term in (triple.subject, triple.object)]
            iris = [term.value for term in terms if isinstance(term, NamedNode)]
            told = " | ".join(" ".join(_short(term) for term in triple) for triple in clash.triples)
            place = self.places.first(iris)
            yield Finding(*place, "inconsistency", VIOLATION, f"{clash.axiom}: {told}", iris[0])

    def unknown_terms(self) -> Iterator[Finding]:
        """Terms below the ontology's namespace that it does not define."""
        defined = {quad.subject for quad in self.ontology}
        used = {term for quad in self.data for term in (quad.predicate, quad.object) if isinstance(term, NamedNode)}
        for term in used - defined:
            if term.value.startswith(MEA.iri):
                message = f"the ontology has no {_short(term)}"
                yield Finding(*self.places.first([term.value]), "unknown-term", VIOLATION, message, term.value)

    def store(self) -> pyoxigraph.Store:
        """Files, authority data, ontology and what follows, all in the default graph."""
        told = [*self.data, *self.authority]
        store = pyoxigraph.Store()
        store.extend(Quad(*quad.triple) for quad in (*told, *self.ontology, *infer(told, self.ontology)))
        return store


def _validated(quads: list[Quad], shapes: Path) -> tuple[Violation, ...]:
    """The faults by the shapes of a folder; DataError when they are no usable shapes.

    Ill-typed literals are findings of ours, so the RDF library need not log each with a traceback.
    """
    log = logging.getLogger("rdflib.term")
    before = log.disabled
    log.disabled = True
    try:
        return validate(quads, shapes).results
    except (ReportableRuntimeError, ParseException) as error:
        raise DataError(f"{shapes}: these shapes cannot be used: {str(error).splitlines()[0]}") from error
    finally:
        log.disabled = before


def reachable(data: Iterable[Quad], authority: Iterable[Quad]) -> list[Quad]:
    """The authority data about everything the data names, and about everything named there, and so on."""
    about: dict[object, list[Quad]] = defaultdict(list)
    for quad in authority:
        about[quad.subject].append(quad)
    waiting: list[object] = [term for quad in data for term in (quad.subject, quad.object)]
    found: list[Quad] = []
    while waiting:
        for quad in about.pop(waiting.pop(), ()):
            found.append(quad)
            waiting.append(quad.object)
    return found


def _short(term: object) -> str:
    if not isinstance(term, NamedNode):
        return str(term)
    local = term.value.removeprefix(BASE)
    return local.replace(MEA.iri, "mea:").replace(TYPE.value, "a")


def _rules(folders: Iterable[Path]) -> dict[str, Rule]:
    """Our own rules and every shape that has an IRI, by the name that findings give them."""
    rules = dict(RULES)
    for folder in folders:
        graph = shapes_graph(folder)
        for shape in {s for kind in (SH.NodeShape, SH.PropertyShape) for s in graph.subjects(RDF.type, kind)}:
            if isinstance(shape, URIRef):
                name = str(shape).rpartition("#")[2]
                told = [str(graph.value(shape, p) or "") for p in (SH.name, SH.message, SH.description)]
                rules[name] = Rule(name, told[0] or name, " ".join(filter(None, told[1:])) or name)
    return rules
