"""What the service is, for machines: SPARQL service description, VoID statistics, prefixes, examples."""

import hashlib
from collections.abc import Iterator

import pyoxigraph as ox
from flask import Blueprint, Response, redirect, request, url_for
from pyoxigraph import BlankNode, Literal, NamedNode, Triple
from werkzeug.wrappers import Response as AnyResponse

from graph.iri import BASE
from graph.terms import DCTERMS, MEA, PREFIXES, RDFS, SCHEMA, SH, TYPE, XSD, Namespace, english, integer
from server.context import Services, services
from server.discovery import catalogue
from server.evaluation.tables import Table
from server.evaluation.workers import GRAPH_FORMATS, RESULT_FORMATS
from server.examples import FORMS
from server.media import content_type
from server.memo import PerVersion, of_one_version
from server.urls import endpoint_url, public

bp = Blueprint("description", __name__)

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
VOID = Namespace("http://rdfs.org/ns/void#")
DESCRIBED = PREFIXES | catalogue.PREFIXES | {"sd": SD.iri, "void": VOID.iri}

TOTALS = "SELECT (COUNT(*) AS ?triples) (COUNT(DISTINCT ?s) AS ?subjects) { ?s ?p ?o }"
CLASSES = "SELECT ?of (COUNT(DISTINCT ?s) AS ?n) { ?s a ?of } GROUP BY ?of ORDER BY DESC(?n) ?of"
PROPERTIES = "SELECT ?of (COUNT(*) AS ?n) { ?s ?of ?o } GROUP BY ?of ORDER BY DESC(?n) ?of"
GRAPHS = "SELECT ?of (COUNT(*) AS ?n) { GRAPH ?of { ?s ?p ?o } } GROUP BY ?of ORDER BY ?of"


class Statistics:
    """Counts of the version being served."""

    def __init__(self, site: Services) -> None:
        totals = site.pool.table(TOTALS).rows[0]
        self.triples, self.subjects = int(totals["triples"].value), int(totals["subjects"].value)
        self.classes = counts(site.pool.table(CLASSES, head=10_000))
        self.properties = counts(site.pool.table(PROPERTIES, head=10_000))
        self.graphs = counts(site.pool.table(GRAPHS, head=100_000))


def counts(table: Table) -> dict[str, int]:
    """IRI to number, in the order of the rows."""
    return {row["of"].value: int(row["n"].value) for row in table.rows if "of" in row}


HELD: PerVersion[Statistics] = PerVersion()


def statistics() -> Statistics:
    """Of the version being served, counted once."""
    site = services()
    return HELD.get(lambda: site.pool.version, lambda: Statistics(site))


@bp.route("/.well-known/void")
def well_known() -> AnyResponse:
    """The place where harvesters look."""
    return redirect(url_for("sparql.sparql"), 303)


@of_one_version
def describe_service(media: str) -> Response:
    """The description in this format."""
    triples = [*service_triples(), *dataset_triples(), *example_triples(), *catalogue.catalogue_triples(dataset_node())]
    prefixes = {name: iri for name, iri in DESCRIBED.items() if name != "id"}
    data = ox.serialize(triples, format=GRAPH_FORMATS[media], prefixes=prefixes)
    response = Response(data, content_type=content_type(media))
    response.vary.update(("Accept", "Accept-Encoding"))
    response.set_etag(statements_tag(triples, media), weak=True)
    response.make_conditional(request.environ)
    return response


def statements_tag(triples: list[Triple], media: str) -> str:
    """The same for the same statements in the same order and format, whatever their blank nodes are called."""
    names: dict[object, str] = {}
    digest = hashlib.sha256(media.encode())
    for triple in triples:
        for term in (triple.subject, triple.predicate, triple.object):
            named = names.setdefault(term, str(len(names))) if isinstance(term, BlankNode) else str(term)
            digest.update(named.encode() + b"\n")
    return digest.hexdigest()[:32]


def service_triples() -> Iterator[Triple]:
    """The endpoint: address, languages, formats, limits."""
    settings, service = services().settings, NamedNode(endpoint_url())
    yield Triple(service, TYPE, SD.Service)
    yield Triple(service, SD.endpoint, service)
    yield Triple(service, RDFS.label, english("meagraph SPARQL endpoint"))
    yield Triple(service, SD.supportedLanguage, SD.SPARQL11Query)
    yield Triple(service, SD.feature, SD.UnionDefaultGraph)
    if settings.service_allow:
        yield Triple(service, SD.feature, SD.BasicFederatedQuery)
    for iri in [form.iri for form in RESULT_FORMATS.values()] + [form.iri for form in GRAPH_FORMATS.values()]:
        yield Triple(service, SD.resultFormat, NamedNode(iri))
    limits = (
        f"A query may take {settings.timeout:g} seconds and {settings.max_memory:,} bytes of memory; a result may have "
        f"{settings.max_rows:,} rows and {settings.max_bytes:,} bytes. Beyond that: an error, never a part."
    )
    yield Triple(service, RDFS.comment, english(limits))
    yield Triple(service, SD.defaultDataset, dataset_node())


def dataset_node() -> NamedNode:
    """The dataset's IRI: a fragment of the endpoint's."""
    return NamedNode(endpoint_url() + "#dataset")


def dataset_triples() -> Iterator[Triple]:
    """VoID of the union of all graphs, its partitions, its named graphs and the prefixes to use."""
    dataset, union, numbers = dataset_node(), NamedNode(endpoint_url() + "#union"), statistics()
    yield from (Triple(dataset, TYPE, cls) for cls in (SD.Dataset, VOID.Dataset))
    yield from (Triple(union, TYPE, cls) for cls in (SD.Graph, VOID.Dataset))
    yield Triple(dataset, DCTERMS.title, english(catalogue.TITLE))
    yield Triple(dataset, SD.defaultGraph, union)
    yield Triple(dataset, VOID.sparqlEndpoint, NamedNode(endpoint_url()))
    yield Triple(dataset, VOID.uriSpace, Literal(BASE))
    yield Triple(dataset, VOID.vocabulary, NamedNode(MEA.iri))
    yield Triple(dataset, NamedNode("http://www.w3.org/2002/07/owl#versionInfo"), Literal(services().pool.version))
    for node in (dataset, union):
        yield Triple(node, VOID.triples, integer(numbers.triples))
        yield Triple(node, VOID.distinctSubjects, integer(numbers.subjects))
    yield from partitions(union, VOID.classPartition, VOID["class"], VOID.entities, numbers.classes)
    yield from partitions(union, VOID.propertyPartition, VOID.property, VOID.triples, numbers.properties)
    yield from graph_triples(dataset, numbers.graphs)
    yield from prefix_triples(dataset)


def partitions(
    whole: NamedNode, relation: NamedNode, key: NamedNode, measure: NamedNode, numbers: dict[str, int]
) -> Iterator[Triple]:
    """One node for each class or property with its count."""
    for iri, number in numbers.items():
        part = BlankNode()
        yield Triple(whole, relation, part)
        yield Triple(part, key, NamedNode(iri))
        yield Triple(part, measure, integer(number))


def graph_triples(dataset: NamedNode, graphs: dict[str, int]) -> Iterator[Triple]:
    """The named graphs with their sizes."""
    for iri, number in graphs.items():
        named, graph = BlankNode(), BlankNode()
        yield Triple(dataset, SD.namedGraph, named)
        yield Triple(named, TYPE, SD.NamedGraph)
        yield Triple(named, SD.name, NamedNode(iri))
        yield Triple(named, SD.graph, graph)
        yield Triple(graph, TYPE, SD.Graph)
        yield Triple(graph, VOID.triples, integer(number))


def prefix_triples(dataset: NamedNode) -> Iterator[Triple]:
    """The prefixes as SHACL declarations, which query editors read."""
    for prefix, iri in PREFIXES.items():
        declaration = BlankNode()
        yield Triple(dataset, SH.declare, declaration)
        yield Triple(declaration, SH.prefix, Literal(prefix))
        yield Triple(declaration, SH.namespace, Literal(iri, datatype=XSD.anyURI))


def example_triples() -> Iterator[Triple]:
    """The example queries, complete with their prefixes."""
    for example in services().examples.values():
        query = NamedNode(example.iri)
        yield Triple(query, TYPE, SH.SPARQLExecutable)
        yield Triple(query, TYPE, FORMS[example.form])
        yield Triple(query, RDFS.label, english(example.title))
        yield Triple(query, RDFS.comment, english(example.comment))
        yield Triple(query, SH[example.form], Literal(example.text))
        yield Triple(query, SCHEMA.target, NamedNode(endpoint_url()))
        yield Triple(query, SCHEMA.url, NamedNode(public(url_for("site.query", name=example.name))))
        yield from (Triple(query, SCHEMA.keywords, Literal(keyword)) for keyword in example.keywords)
