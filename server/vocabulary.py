"""The ontology as a page and as data, and the human names of its terms for all other pages.

The page is the one that `make docs` writes: it shows the ontology of this release, axioms and all.
"""

import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from flask import Blueprint, Response, abort, render_template, request
from markupsafe import Markup

from graph.iri import graph_iri
from graph.terms import MEA
from server.answers import accepted_encoding, answer_file, entity_tag
from server.context import services
from server.evaluation.pool import Job, Pool, QueryError
from server.media import choose
from server.memo import PerVersion

bp = Blueprint("vocabulary", __name__)

PAGE = Path(__file__).parents[1] / "docs" / "ontology.html"

LABELS = """
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
SELECT ?graph ?term ?label WHERE { GRAPH ?graph {
  VALUES ?kind { owl:Class owl:ObjectProperty owl:DatatypeProperty owl:AnnotationProperty owl:NamedIndividual }
  ?term a ?kind ; rdfs:label ?label .
} FILTER(ISIRI(?term)) } ORDER BY LCASE(STR(?label))"""

SUBCLASSES = """
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?graph ?class ?above WHERE {
  GRAPH ?graph { ?class rdfs:subClassOf ?above } FILTER(ISIRI(?class) && ISIRI(?above))
}"""

VERSION = (
    "SELECT ?graph ?version { GRAPH ?graph { ?ontology <http://www.w3.org/2002/07/owl#versionInfo> ?version } } LIMIT 1"
)

DATA = "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH ?graph { ?s ?p ?o } }"

WORDS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


@dataclass(frozen=True)
class Vocabulary:
    """What the ontology calls its terms, the classes directly above each class, and which version it is."""

    labels: dict[str, str]
    above: dict[str, set[str]]
    version: str

    def label(self, iri: str) -> str:
        """The label of the ontology, else the name in words: `refersTo` becomes `refers to`."""
        return self.labels.get(iri) or WORDS.sub(" ", re.split(r"[/#]", iri)[-1]).lower()

    def narrower(self, iri: str) -> list[str]:
        """The classes directly below this one."""
        return [cls for cls, above in self.above.items() if iri in above]

    def specific(self, types: list[str]) -> list[str]:
        """The classes of our ontology less those that another of them is a kind of; all when none is ours."""
        broader = {cls for iri in types for cls in self.above.get(iri, ())}
        return [iri for iri in types if iri.startswith(MEA.iri) and iri not in broader] or types


HELD: PerVersion[Vocabulary] = PerVersion()


def vocabulary() -> Vocabulary:
    """That of the version being served."""
    pool = services().pool
    return HELD.get(lambda: pool.version, lambda: read_vocabulary(pool))


def read_vocabulary(pool: Pool) -> Vocabulary:
    """From the graph of the ontology; empty when the store has none."""
    graph = graph_iri("ontology").value
    above: dict[str, set[str]] = defaultdict(set)
    for row in pool.table(SUBCLASSES, head=20_000, graph=graph).rows:
        above[str(row["class"])].add(str(row["above"]))
    labels = {str(row["term"]): str(row["label"]) for row in pool.table(LABELS, head=20_000, graph=graph).rows}
    versions = [str(row["version"]) for row in pool.table(VERSION, graph=graph).rows]
    return Vocabulary(labels, above, versions[0] if versions else "")


@bp.route("/ontology")
@bp.route("/ontology/<version>")
def show(version: str | None = None) -> Response:
    """The page for browsers, the graph of the ontology for everyone else; by the version's own IRI as well."""
    if version and version != vocabulary().version:
        abort(404, f"This is not version {version} of the ontology, but {vocabulary().version}.")
    choice = choose(request.accept_mimetypes, request.args.get("format"), page=True)
    if choice.html:
        page = render_template("ontology.html", terms=Markup(PAGE.read_text(encoding="utf-8")))
        return Response(page, content_type="text/html; charset=utf-8", headers={"Vary": "Accept"})
    if choice.graph is None:
        raise QueryError("not-acceptable", "The ontology comes as RDF or HTML.")
    job = Job(DATA, graph=choice.graph, bind={"graph": graph_iri("ontology").value})
    answer, encoding = services().pool.run(job), accepted_encoding()
    return answer_file(answer, entity_tag(answer.version, job, encoding), encoding)[0]
