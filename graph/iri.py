"""Every IRI of the graph is made here. The same thing always gets the same IRI.

>>> thing("doc", key_of("UNEP/MC/COP.4/INF/17")).value.removeprefix(BASE)
'doc/UNEP-MC-COP.4-INF-17'
"""

import re

from pyoxigraph import NamedNode

BASE = "https://w3id.org/meagraph/id/"

_UNSAFE = re.compile(r"[^A-Za-z0-9.]+")
_PATH = re.compile(r"[A-Za-z0-9._~*/-]+")


def key_of(symbol: str) -> str:
    """The document key of a symbol or reference: every run of other characters becomes one hyphen.

    >>> key_of("UNEP(DTIE)/Hg/OEWG.2/10")
    'UNEP-DTIE-Hg-OEWG.2-10'
    """
    key = _UNSAFE.sub("-", symbol).strip("-")
    if not key:
        raise ValueError(f"no key can be made of {symbol!r}")
    return key


def thing(*parts: str) -> NamedNode:
    """The IRI below the base: `thing("org", "unep")`; ValueError when a part cannot stand in a path."""
    path = "/".join(parts)
    if not _PATH.fullmatch(path):
        raise ValueError(f"not a path for an IRI: {path!r}")
    return NamedNode(BASE + path)


def path_of(iri: NamedNode | str) -> str:
    """What follows the base; ValueError when the IRI is not one of ours.

    >>> path_of(BASE + "org/unep")
    'org/unep'
    """
    value = iri if isinstance(iri, str) else iri.value
    if not value.startswith(BASE):
        raise ValueError(f"not below {BASE}: {value}")
    return value[len(BASE) :]


def graph_iri(name: str) -> NamedNode:
    """The named graph of a document key, or `authority`, `ontology`, `inferred`, `curated`, `provenance`."""
    return thing("graph", name)


def decision(identifier: str) -> NamedNode:
    """`MC-5/12` -> decision/MC-5-12; `UNEP GC 24/3 IV` -> decision/UNEP-GC-24-3-IV."""
    return thing("decision", key_of(identifier))


def document(symbol_or_key: str) -> NamedNode:
    """`UNEP/MC/COP.4/20` -> doc/UNEP-MC-COP.4-20; a key stays as it is."""
    return thing("doc", key_of(symbol_or_key))


def provision(treaty: str, steps: tuple[tuple[str, str], ...]) -> NamedNode:
    """A place in a treaty's text, step by step.

    >>> path_of(provision("minamata", (("art", "24"), ("para", "2"), ("point", "b"))))
    'treaty/minamata/art_24/para_2/point_b'
    """
    return thing("treaty", treaty, *(f"{kind}_{number}" for kind, number in steps))
