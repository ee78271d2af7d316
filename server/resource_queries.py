"""The fixed queries behind the pages of things. `?thing` is bound by the worker, never written into the text.

A bound variable has to be one that the query selects, hence `?thing` in every SELECT and GROUP BY.
"""

PROLOGUE = """
PREFIX mea: <https://w3id.org/meagraph/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX dcterms: <http://purl.org/dc/terms/>
"""

KNOWN = "ASK { { ?thing ?p ?o } UNION { ?s ?q ?thing } UNION { GRAPH ?thing { ?a ?b ?c } } }"

DATA = (
    PROLOGUE
    + """
CONSTRUCT { ?thing ?p ?o . ?o skos:prefLabel ?label }
WHERE { ?thing ?p ?o OPTIONAL { ?o skos:prefLabel ?label } }"""
)

GRAPH_DATA = "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH ?thing { ?s ?p ?o } }"

GRAPH_SIZE = "SELECT ?thing (COUNT(*) AS ?n) WHERE { GRAPH ?thing { ?s ?p ?o } } GROUP BY ?thing"

PROPERTIES = (
    PROLOGUE
    + """
SELECT ?thing ?p ?o (SAMPLE(?name) AS ?label) WHERE {
  ?thing ?p ?o OPTIONAL { ?o skos:prefLabel ?name }
} GROUP BY ?thing ?p ?o ORDER BY ?p ?o"""
)

INCOMING = "SELECT ?thing ?p (COUNT(DISTINCT ?s) AS ?n) WHERE { ?s ?p ?thing } GROUP BY ?thing ?p ORDER BY ?p"

SOURCES = (
    PROLOGUE
    + """
SELECT ?thing ?property ?s (SAMPLE(?name) AS ?label) WHERE {
  ?s ?property ?thing OPTIONAL { ?s skos:prefLabel ?name }
} GROUP BY ?thing ?property ?s ORDER BY ?s"""
)

PLACES = (
    PROLOGUE
    + """
SELECT DISTINCT ?thing ?unit ?place ?document ?title ?n WHERE {
  { ?unit mea:mentions ?thing ; mea:inDocument ?document ; mea:label ?place ; mea:ordinal ?n }
  UNION { ?unit mea:cites ?thing ; mea:inDocument ?document ; mea:label ?place ; mea:ordinal ?n }
  OPTIONAL { ?document skos:prefLabel ?name }
  OPTIONAL { ?document dcterms:identifier ?symbol }
  BIND(COALESCE(?symbol, ?name, STR(?document)) AS ?title)
} ORDER BY ?title ?n"""
)

ACTS = (
    PROLOGUE
    + """
SELECT ?thing ?act ?verb ?unit ?place ?n (SAMPLE(?to) AS ?addressee) (SAMPLE(?to_name) AS ?addressee_label)
       (SAMPLE(?date) AS ?due) (SAMPLE(?at) AS ?meeting) (SAMPLE(?at_name) AS ?meeting_label) WHERE {
  { ?act mea:expressedIn ?thing , ?unit ; mea:verbPhrase ?verb . ?unit mea:label ?place }
  UNION { ?act mea:actOf ?thing ; mea:expressedIn ?unit ; mea:verbPhrase ?verb . ?unit mea:label ?place }
  OPTIONAL { ?unit mea:ordinal ?n }
  OPTIONAL { ?act mea:addressee ?to OPTIONAL { ?to skos:prefLabel ?to_name } }
  OPTIONAL { ?act mea:dueDate ?date }
  OPTIONAL { ?act mea:dueMeeting ?at OPTIONAL { ?at skos:prefLabel ?at_name } }
} GROUP BY ?thing ?act ?verb ?unit ?place ?n ORDER BY ?n ?act"""
)

UNITS = (
    PROLOGUE
    + """
SELECT ?thing ?unit ?place ?kind ?text ?n WHERE {
  ?unit mea:inDocument ?thing ; mea:label ?place ; mea:ordinal ?n ; a ?kind .
  OPTIONAL { ?unit mea:text ?text }
} ORDER BY ?n ?kind"""
)

UNIT_MENTIONS = (
    PROLOGUE
    + """
SELECT DISTINCT ?thing ?unit ?target (?name AS ?label) WHERE {
  ?unit mea:inDocument ?thing ; mea:mentions|mea:cites ?target .
  OPTIONAL { ?target skos:prefLabel ?name }
} ORDER BY ?unit ?label"""
)

UNIT_ACTS = (
    PROLOGUE
    + """
SELECT ?thing ?unit ?act ?verb (SAMPLE(?name) AS ?addressee) WHERE {
  ?unit mea:inDocument ?thing . ?act mea:expressedIn ?unit ; mea:verbPhrase ?verb .
  OPTIONAL { ?act mea:addressee/skos:prefLabel ?name }
} GROUP BY ?thing ?unit ?act ?verb ORDER BY ?act"""
)

POSITION = (
    PROLOGUE
    + """
SELECT ?thing ?document ?title ?place ?text WHERE {
  ?thing mea:inDocument ?document ; mea:label ?place .
  OPTIONAL { ?document skos:prefLabel ?title }
  OPTIONAL { ?thing mea:text ?text }
}"""
)

PREVIOUS = (
    PROLOGUE
    + """
SELECT ?thing ?unit ?place WHERE {
  ?thing mea:inDocument ?document ; mea:ordinal ?here .
  ?unit mea:inDocument ?document ; mea:ordinal ?n ; mea:label ?place FILTER(?n < ?here)
} ORDER BY DESC(?n)"""
)

NEXT = (
    PROLOGUE
    + """
SELECT ?thing ?unit ?place WHERE {
  ?thing mea:inDocument ?document ; mea:ordinal ?here .
  ?unit mea:inDocument ?document ; mea:ordinal ?n ; mea:label ?place FILTER(?n > ?here)
} ORDER BY ?n"""
)

MENTIONS = (
    PROLOGUE
    + """
SELECT DISTINCT ?thing ?mention ?surface ?start ?end ?resolution ?target ?label WHERE {
  ?mention mea:inUnit ?thing ; mea:surface ?surface ; mea:startOffset ?start ; mea:endOffset ?end .
  OPTIONAL { ?mention mea:resolution ?resolution }
  OPTIONAL { ?mention mea:refersTo|mea:candidate ?target OPTIONAL { ?target skos:prefLabel ?label } }
} ORDER BY ?start DESC(?end) ?target"""
)

FINDINGS = (
    PROLOGUE
    + """
SELECT ?thing ?s (SAMPLE(?class) AS ?kind) (SAMPLE(?name) AS ?label) WHERE {
  ?s mea:evidencedBy ?thing ; a ?class .
  FILTER(?class NOT IN (mea:OperativeAct, mea:Mention, mea:Activity))
  OPTIONAL { ?s skos:prefLabel ?name }
} GROUP BY ?thing ?s ORDER BY ?s"""
)
