"""The dataset in the words of DCAT-AP 3, part of the service description, so that data portals can list it.

Everything hangs on the node that VoID and the service description use for the dataset.
"""

from collections.abc import Iterator

from flask import url_for
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from graph.store import Version
from graph.terms import DCTERMS, FOAF, MEA, TYPE, XSD, Namespace, english
from server.discovery.dumps import DUMPS, FORMS, WHOLE, Form, published, served_version
from server.urls import endpoint_url, public

DCAT = Namespace("http://www.w3.org/ns/dcat#")
DCATAP = Namespace("http://data.europa.eu/r5r/")
SPDX = Namespace("http://spdx.org/rdf/terms#")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
VOID = Namespace("http://rdfs.org/ns/void#")
PREFIXES = {"dcat": DCAT.iri, "dcatap": DCATAP.iri, "spdx": SPDX.iri, "vcard": VCARD.iri}

LICENSE = NamedNode("https://creativecommons.org/publicdomain/zero/1.0/")
PUBLIC = NamedNode("http://publications.europa.eu/resource/authority/access-right/PUBLIC")
ENGLISH = NamedNode("http://publications.europa.eu/resource/authority/language/ENG")
THEME = NamedNode("http://publications.europa.eu/resource/authority/data-theme/ENVI")
AVAILABLE = NamedNode("http://publications.europa.eu/resource/authority/planned-availability/AVAILABLE")
GZIP = NamedNode("https://www.iana.org/assignments/media-types/application/gzip")
MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
ODATA = NamedNode("https://www.odata.org/documentation/odata-version-2-0/")
SPARQL = NamedNode("https://www.w3.org/TR/sparql11-protocol/")
TITLE = "meagraph, a graph of multilateral environmental agreements"
SUMMARY = (
    "Treaties, decisions, meetings and meeting documents of the Minamata Convention on Mercury and its neighbours: who "
    "asked whom to do what, under which article, with which partner, by when; every fact with its paragraph."
)
RIGHTS = "Where the graph holds running text of documents, that text belongs to their publishers."
KEYWORDS = (
    "multilateral environmental agreements",
    "Minamata Convention",
    "Basel Convention",
    "Rotterdam Convention",
    "Stockholm Convention",
    "decisions",
    "mercury",
    "chemicals and waste",
)


def catalogue_triples(dataset: NamedNode) -> Iterator[Triple]:
    """The catalogue, the dataset with its distributions, and the two services."""
    version = served_version()
    yield from describe_catalogue(dataset, version)
    yield from describe_dataset(dataset, version)
    for form in FORMS.values():
        yield from describe_whole(dataset, version, form)
    for path in version.graph_files():
        yield from describe_part(dataset, version, path.stem)
    yield from describe_sparql(dataset)
    yield from describe_feed(dataset)


def here(endpoint: str) -> NamedNode:
    """The full address of a page of this site."""
    return NamedNode(public(url_for(endpoint)))


def publisher() -> NamedNode:
    """Who runs this."""
    return NamedNode(here("site.home").value + "#publisher")


def modified(node: NamedNode, version: Version) -> Triple:
    """When the version was published, by the date of its files."""
    return Triple(node, DCTERMS.modified, Literal(published(version).date().isoformat(), datatype=XSD.date))


def describe_catalogue(dataset: NamedNode, version: Version) -> Iterator[Triple]:
    """The catalogue of this site, which holds one dataset and two services."""
    node = NamedNode(endpoint_url() + "#catalogue")
    yield Triple(node, TYPE, DCAT.Catalog)
    yield Triple(node, DCTERMS.title, english("The data of meagraph"))
    yield Triple(node, DCTERMS.description, english("The graph, its dumps and the services over it."))
    yield Triple(node, DCTERMS.publisher, publisher())
    yield Triple(node, DCTERMS.language, ENGLISH)
    yield Triple(node, DCTERMS.license, LICENSE)
    yield Triple(node, FOAF.homepage, here("site.home"))
    yield Triple(node, DCAT.dataset, dataset)
    yield Triple(node, DCAT.service, NamedNode(endpoint_url()))
    yield Triple(node, DCAT.service, here("informea.root"))
    yield modified(node, version)
    yield Triple(publisher(), TYPE, FOAF.Agent)
    yield Triple(publisher(), FOAF.name, english("meagraph"))
    yield Triple(publisher(), FOAF.homepage, here("site.home"))


def describe_dataset(dataset: NamedNode, version: Version) -> Iterator[Triple]:
    """What it is about, who answers for it, and under which terms it comes."""
    contact = BlankNode()
    yield Triple(dataset, TYPE, DCAT.Dataset)
    yield Triple(dataset, DCTERMS.description, english(SUMMARY))
    yield Triple(dataset, DCTERMS.identifier, Literal(dataset.value))
    yield Triple(dataset, DCTERMS.publisher, publisher())
    yield Triple(dataset, DCTERMS.license, LICENSE)
    yield Triple(dataset, DCTERMS.rights, english(RIGHTS))
    yield Triple(dataset, DCTERMS.accessRights, PUBLIC)
    yield Triple(dataset, DCTERMS.language, ENGLISH)
    yield Triple(dataset, DCTERMS.conformsTo, NamedNode(MEA.iri.removesuffix("#")))
    yield Triple(dataset, DCAT.theme, THEME)
    yield Triple(dataset, DCAT.landingPage, here("site.home"))
    yield Triple(dataset, FOAF.homepage, here("site.home"))
    yield Triple(dataset, DCAT.version, Literal(version.id))
    yield Triple(dataset, DCAT.contactPoint, contact)
    yield Triple(contact, TYPE, VCARD.Kind)
    yield Triple(contact, VCARD.fn, Literal("meagraph"))
    yield Triple(contact, VCARD.hasURL, here("site.home"))
    for keyword in KEYWORDS:
        yield Triple(dataset, DCAT.keyword, english(keyword))
    yield modified(dataset, version)


def describe_file(dataset: NamedNode, version: Version, name: str, form: Form) -> Iterator[Triple]:
    """What all dumps have in common; the address of the file is the distribution's IRI."""
    node = address(version, name, form)
    yield Triple(dataset, DCAT.distribution, node)
    yield Triple(dataset, VOID.dataDump, node)
    yield Triple(node, TYPE, DCAT.Distribution)
    yield Triple(node, DCAT.accessURL, here("dumps.index"))
    yield Triple(node, DCAT.downloadURL, node)
    yield Triple(node, DCAT.mediaType, NamedNode(MEDIA_TYPES + form.media))
    yield Triple(node, DCAT.compressFormat, GZIP)
    yield Triple(node, DCTERMS["format"], NamedNode(form.iri))
    yield Triple(node, DCTERMS.license, LICENSE)
    yield Triple(node, DCATAP.availability, AVAILABLE)
    yield modified(node, version)


def address(version: Version, name: str, form: Form) -> NamedNode:
    """Where a dump is."""
    return NamedNode(public(url_for("dumps.download", identity=version.id, file=f"{name}.{form.suffix}.gz")))


def describe_whole(dataset: NamedNode, version: Version, form: Form) -> Iterator[Triple]:
    """A dump of everything, with its size and checksum."""
    node, checksum, dump = address(version, WHOLE, form), BlankNode(), DUMPS.get(version, WHOLE, form)
    yield from describe_file(dataset, version, WHOLE, form)
    yield Triple(node, DCTERMS.title, english(f"All graphs as {form.name}"))
    yield Triple(node, DCTERMS.description, english(f"Version {version.id} as {form.name}, compressed with gzip."))
    yield Triple(node, DCAT.byteSize, Literal(str(dump.size), datatype=XSD.nonNegativeInteger))
    yield Triple(node, SPDX.checksum, checksum)
    yield Triple(checksum, TYPE, SPDX.Checksum)
    yield Triple(checksum, SPDX.algorithm, SPDX.checksumAlgorithm_sha256)
    yield Triple(checksum, SPDX.checksumValue, Literal(dump.sha256, datatype=XSD.hexBinary))


def describe_part(dataset: NamedNode, version: Version, name: str) -> Iterator[Triple]:
    """A dump of one named graph; its checksum is in the file beside it, the other formats are at the access URL."""
    form = FORMS["nq"]
    node = address(version, name, form)
    yield from describe_file(dataset, version, name, form)
    yield Triple(node, DCTERMS.title, english(f"Graph {name} as {form.name}"))
    yield Triple(node, DCTERMS.description, english(f"The named graph {name} as {form.name}, compressed with gzip."))


def describe_service(node: NamedNode, dataset: NamedNode, title: str, protocol: NamedNode) -> Iterator[Triple]:
    """What both services have in common."""
    yield Triple(node, TYPE, DCAT.DataService)
    yield Triple(node, DCTERMS.title, english(title))
    yield Triple(node, DCAT.endpointURL, node)
    yield Triple(node, DCAT.servesDataset, dataset)
    yield Triple(node, DCTERMS.conformsTo, protocol)
    yield Triple(node, DCTERMS.license, LICENSE)
    yield Triple(node, DCTERMS.accessRights, PUBLIC)
    yield Triple(node, DCTERMS.publisher, publisher())
    yield Triple(node, DCAT.theme, THEME)
    yield Triple(node, DCAT.keyword, english("multilateral environmental agreements"))


def describe_sparql(dataset: NamedNode) -> Iterator[Triple]:
    """The SPARQL endpoint."""
    node = NamedNode(endpoint_url())
    yield from describe_service(node, dataset, "SPARQL endpoint of meagraph", SPARQL)
    yield Triple(node, DCTERMS.description, english("Queries over the whole graph, answered in the usual formats."))
    yield Triple(node, DCAT.endpointDescription, here("description.well_known"))


def describe_feed(dataset: NamedNode) -> Iterator[Triple]:
    """The InforMEA feed."""
    node = here("informea.root")
    yield from describe_service(node, dataset, "InforMEA feed of meagraph", ODATA)
    yield Triple(node, DCTERMS.description, english("Decisions, meetings, treaties and documents in OData version 2."))
    yield Triple(node, DCAT.endpointDescription, NamedNode(node.value + "$metadata"))
