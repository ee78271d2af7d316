"""Holds data against the authority data: is there such a treaty, article, meeting, organization, decision?

What the files themselves describe but the authority data does not know is a warning: a candidate to be added there.
What nobody describes is a violation.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad

from graph.authority_works import work_statements
from graph.checks_files import Places
from graph.checks_findings import VIOLATION, WARNING, Finding
from graph.errors import AuthorityError
from graph.iri import BASE, path_of
from graph.registry import Registry
from graph.registry_records import Article, Treaty
from graph.terms import DCTERMS, MEA, TYPE

_STEP = re.compile(r"(?P<kind>art|annex|para|part|point)_(?P<number>.+)")

FACTS = {MEA.adoptedBy: "adopted by", MEA.adoptedAt: "adopted at", MEA.ofRegime: "of regime"}


@dataclass(frozen=True)
class Kind:
    """A kind of authority data: how to say that something of it is unknown."""

    rule: str
    noun: str
    knows: Callable[[Registry, str], bool]


KINDS = {
    "regime": Kind("unknown-regime", "regime", lambda r, slug: r.knows("regimes", slug)),
    "treaty": Kind("unknown-treaty", "treaty", lambda r, slug: r.knows("treaties", slug)),
    "meeting": Kind("unknown-meeting", "meeting", lambda r, slug: r.knows("meetings", slug)),
    "org": Kind(
        "unknown-organization",
        "organization",
        lambda r, slug: r.knows("organizations", slug) or r.knows("countries", slug),
    ),
    "topic": Kind("unknown-topic", "topic", lambda r, slug: r.knows("topics", slug)),
    "system": Kind("unknown-system", "information system", lambda r, slug: r.knows("systems", slug)),
}


def authority_findings(quads: Iterable[Quad], registry: Registry, places: Places) -> Iterator[Finding]:
    """What the quads say of things that the authority data does not know, or knows otherwise."""
    quads = list(quads)
    described = {quad.subject for quad in quads if quad.predicate == TYPE}
    named = {term for quad in quads for term in (quad.subject, quad.object) if isinstance(term, NamedNode)}
    for node in sorted(named, key=str):
        fault = _unknown(registry, node) if node.value.startswith(BASE) else None
        if fault:
            severity = WARNING if node in described else VIOLATION
            yield Finding(*places.first([node.value]), fault[0], severity, fault[1], node.value)
    yield from _decision_findings(quads, registry, places)


def _unknown(registry: Registry, node: NamedNode) -> tuple[str, str] | None:
    """The rule broken and the message; None when all is well."""
    head, _, rest = path_of(node).partition("/")
    slug, _, below = rest.partition("/")
    kind = KINDS.get(head)
    if kind is None:
        return None
    if not kind.knows(registry, slug):
        return kind.rule, f"the authority data has no {kind.noun} {slug!r}"
    if head == "treaty" and below:
        fault = _provision_fault(registry.treaty(slug), below.split("/"))
        return ("unknown-provision", fault) if fault else None
    return None


def _provision_fault(treaty: Treaty, steps: list[str]) -> str | None:
    """What is wrong with a place such as `art_24/para_2`; a treaty whose articles are not listed has any article."""
    first = _STEP.fullmatch(steps[0])
    if first is None or first["kind"] not in ("art", "annex"):
        return f"not a provision: {'/'.join(steps)}"
    if first["kind"] == "annex":
        return _annex_fault(treaty, first["number"], steps[1:])
    article = next((a for a in treaty.articles if a.number == first["number"]), None)
    if article is None:
        return f"the {treaty.short} has no article {first['number']}" if treaty.articles else None
    return _paragraph_fault(treaty, article, steps[1:])


def _paragraph_fault(treaty: Treaty, article: Article, steps: list[str]) -> str | None:
    step = _STEP.fullmatch(steps[0]) if steps else None
    if step is None or step["kind"] != "para" or not article.paragraphs or not step["number"].isdecimal():
        return None
    if 1 <= int(step["number"]) <= article.paragraphs:
        return None
    there = f"has {article.paragraphs} paragraphs" if article.paragraphs > 1 else "has one paragraph"
    return f"article {article.number} of the {treaty.short} {there}, not {step['number']}"


def _annex_fault(treaty: Treaty, label: str, steps: list[str]) -> str | None:
    annex = next((a for a in treaty.annexes if a.label == label), None)
    if annex is None:
        return f"the {treaty.short} has no Annex {label}" if treaty.annexes else None
    step = _STEP.fullmatch(steps[0]) if steps else None
    if step is None or step["kind"] != "part" or not annex.parts or step["number"] in annex.parts:
        return None
    return f"Annex {label} of the {treaty.short} has no part {step['number']}"


def _decision_findings(quads: list[Quad], registry: Registry, places: Places) -> Iterator[Finding]:
    """Numbers that no body gives, and what a number tells against what is said of the decision."""
    said: dict[NamedNode, dict[NamedNode, set[NamedNode | Literal]]] = defaultdict(lambda: defaultdict(set))
    for quad in quads:
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal):
            said[quad.subject][quad.predicate].add(quad.object)
    for node, facts in sorted(said.items(), key=lambda item: item[0].value):
        if MEA.Decision not in facts.get(TYPE, ()):
            continue
        place = places.first([node.value])
        for identifier in sorted(value.value for value in facts.get(DCTERMS.identifier, ())):
            for rule, message in _decision_faults(registry, identifier, facts):
                yield Finding(*place, rule, VIOLATION, message, node.value)


def _decision_faults(
    registry: Registry, identifier: str, facts: dict[NamedNode, set[NamedNode | Literal]]
) -> Iterator[tuple[str, str]]:
    try:
        _, statements = work_statements(registry, identifier)
    except AuthorityError:
        yield "decision-series", f"no governing body numbers a decision {identifier!r}"
        return
    for _, predicate, told in statements:
        others = {value for value in facts.get(predicate, ()) if value != told}
        if predicate in FACTS and others:
            wrong = ", ".join(sorted(value.value.removeprefix(BASE) for value in others))
            right = told.value.removeprefix(BASE)
            yield "decision-facts", f"{identifier} is {FACTS[predicate]} {right}, not {wrong}"
