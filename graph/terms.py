"""Namespaces and the few literal builders that the whole project uses. Terms are pyoxigraph's."""

from datetime import date

from pyoxigraph import Literal, NamedNode

from graph.iri import BASE


class Namespace:
    """`MEA.Mention` and `MEA["Mention"]` give the IRI of that name."""

    def __init__(self, iri: str) -> None:
        self.iri = iri

    def __getattr__(self, name: str) -> NamedNode:
        return self[name]

    def __getitem__(self, name: str) -> NamedNode:
        """The IRI of a name, made once."""
        node = NamedNode(self.iri + name)
        self.__dict__[name] = node
        return node


MEA = Namespace("https://w3id.org/meagraph/ontology#")
RDF = Namespace("http://www.w3.org/1999/02/22-rdf-syntax-ns#")
RDFS = Namespace("http://www.w3.org/2000/01/rdf-schema#")
OWL = Namespace("http://www.w3.org/2002/07/owl#")
XSD = Namespace("http://www.w3.org/2001/XMLSchema#")
SKOS = Namespace("http://www.w3.org/2004/02/skos/core#")
DCTERMS = Namespace("http://purl.org/dc/terms/")
PROV = Namespace("http://www.w3.org/ns/prov#")
ORG = Namespace("http://www.w3.org/ns/org#")
FOAF = Namespace("http://xmlns.com/foaf/0.1/")
SCHEMA = Namespace("https://schema.org/")
SH = Namespace("http://www.w3.org/ns/shacl#")

TYPE = RDF.type

PREFIXES: dict[str, str] = {
    "mea": MEA.iri,
    "id": BASE,
    "rdf": RDF.iri,
    "rdfs": RDFS.iri,
    "owl": OWL.iri,
    "xsd": XSD.iri,
    "skos": SKOS.iri,
    "dcterms": DCTERMS.iri,
    "prov": PROV.iri,
    "org": ORG.iri,
    "foaf": FOAF.iri,
    "schema": SCHEMA.iri,
    "sh": SH.iri,
}


def english(text: str) -> Literal:
    """`"waste"@en`."""
    return Literal(text, language="en")


def plain(text: str) -> Literal:
    """An xsd:string: identifiers, surfaces, labels of places."""
    return Literal(text)


def integer(value: int) -> Literal:
    """An xsd:integer."""
    return Literal(str(value), datatype=XSD.integer)


def decimal(value: str) -> Literal:
    """An xsd:decimal with the digits given: `"2819717"`, `"79.8"`."""
    return Literal(value, datatype=XSD.decimal)


DATE_TYPES = {4: XSD.gYear, 7: XSD.gYearMonth, 10: XSD.date}


def date_literal(value: str) -> Literal:
    """`2021` -> xsd:gYear, `2021-06` -> xsd:gYearMonth, `2021-06-17` -> xsd:date; otherwise ValueError."""
    datatype = DATE_TYPES.get(len(value))
    if datatype is None:
        raise ValueError(f"not a year, month or date: {value!r}")
    date.fromisoformat((value + "-01-01")[:10])
    return Literal(value, datatype=datatype)
