'''The example queries that pages, documentation and tests share: one Turtle file each in `server/queries/`.

The form is that of the SIB endpoints. The file's name is the query's name; the subject is `<query/{name}>`, relative
to the base of all resources. `sh:select`, `sh:ask` or `sh:construct` holds the text WITHOUT prefix declarations: those
of `graph.terms.PREFIXES` that it uses are put before it here, and a BASE line when it writes IRIs such as
`<regime/brs>`, so that no file spells our base.

    @prefix sh: <http://www.w3.org/ns/shacl#> .
    @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    @prefix schema: <https://schema.org/> .

    <query/regimes> a sh:SPARQLExecutable , sh:SPARQLSelectExecutable ;
        rdfs:label "Regimes by name"@en ;
        rdfs:comment "One sentence or two: what comes back, and how to change the query."@en ;
        schema:keywords "regime" , "overview" ;
        schema:position 10 ;                        # optional: order on the page, then by name
        sh:select """SELECT ?name WHERE { ?regime a mea:Regime ; skos:prefLabel ?name } ORDER BY ?name""" .
'''

import re
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from graph.errors import DataError
from graph.iri import BASE
from graph.terms import PREFIXES, RDFS, SCHEMA, SH, TYPE

FOLDER = Path(__file__).parent / "queries"
FORMS = {"select": SH.SPARQLSelectExecutable, "ask": SH.SPARQLAskExecutable, "construct": SH.SPARQLConstructExecutable}
RELATIVE = re.compile(r"<[a-z][A-Za-z0-9._~/-]*>")
USED = re.compile(r"(?<![\w:<])([a-z]+):")


@dataclass(frozen=True)
class Example:
    """A query with its title, what it shows, and the text to run."""

    name: str
    title: str
    comment: str
    keywords: tuple[str, ...]
    form: str
    text: str
    position: int = 1000

    @property
    def iri(self) -> str:
        """Of the query itself."""
        return f"{BASE}query/{self.name}"


def load_examples(folder: Path = FOLDER) -> dict[str, Example]:
    """All examples by name in the order of the page; DataError names a file that breaks the form."""
    found = [read_example(path) for path in folder.glob("*.ttl")]
    return {example.name: example for example in sorted(found, key=lambda e: (e.position, e.name))}


def read_example(path: Path) -> Example:
    """The query of one file."""
    try:
        triples = list(ox.parse(path=str(path), format=ox.RdfFormat.TURTLE, base_iri=BASE))
    except (SyntaxError, ValueError) as error:
        raise DataError(f"{path.name}: {error}") from error
    subject = ox.NamedNode(f"{BASE}query/{path.stem}")
    values: dict[str, list[str]] = {}
    for triple in triples:
        if triple.subject == subject and not isinstance(triple.object, ox.Triple):
            values.setdefault(triple.predicate.value, []).append(triple.object.value)
    return build_example(path, values)


def build_example(path: Path, values: dict[str, list[str]]) -> Example:
    """The example from what the file says of it."""
    forms = [form for form in FORMS if SH[form].value in values]
    if len(forms) != 1 or FORMS[forms[0]].value not in values.get(TYPE.value, []):
        raise DataError(f"{path.name}: needs one of sh:select, sh:ask, sh:construct and its class")
    try:
        return Example(
            name=path.stem,
            title=one(values[RDFS.label.value]),
            comment=one(values[RDFS.comment.value]),
            keywords=tuple(sorted(values[SCHEMA.keywords.value])),
            form=forms[0],
            text=with_prefixes(one(values[SH[forms[0]].value])),
            position=int(one(values.get(SCHEMA.position.value, ["1000"]))),
        )
    except (KeyError, ValueError) as error:
        raise DataError(f"{path.name}: {error}") from error


def one(values: list[str]) -> str:
    """The only value; ValueError when there are several."""
    if len(values) != 1:
        raise ValueError(f"one value expected, not {values}")
    return values[0]


def with_prefixes(text: str) -> str:
    """The text after the declarations that it needs, ready to run anywhere.

    >>> with_prefixes("ASK { <regime/brs> ?p ?o }").splitlines()[0] == f"BASE <{BASE}>"
    True
    """
    names = [name for name in PREFIXES if name in set(USED.findall(text))]
    lines = [f"PREFIX {name}: <{PREFIXES[name]}>" for name in names]
    if RELATIVE.search(text):
        lines.insert(0, f"BASE <{BASE}>")
    return "\n".join([*lines, *([""] if lines else []), text.strip()]) + "\n"
