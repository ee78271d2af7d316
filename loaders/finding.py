"""All finders over one text: everything that may refer to something, without overlaps."""

import re
from dataclasses import dataclass

from graph.registry import Registry
from loaders import citations, phrases
from loaders.findings import Finding, without_overlaps
from loaders.names import NameIndex, build_index

_PLACE_BEFORE = re.compile(r"(?:\b(?:in|at|from|near|throughout)\s+(?:the\s+)?|[A-Z]\w+,\s+)$")
_ADDRESS = re.compile(r"https?://\S+|www\.\S+|\S+@\S+")


@dataclass(frozen=True)
class Finders:
    """The compiled finders of one registry."""

    names: NameIndex
    decisions: citations.DecisionFinder
    implicit: phrases.ImplicitForms
    lists: phrases.TreatyLists
    organs: phrases.Organs

    def find(self, text: str) -> list[Finding]:
        """Every finding of a text, in order, none overlapping another."""
        names = [*self.lists.find(text), *(n for n in self.names.find(text) if not _is_place(text, n))]
        found = [
            *self.organs.find(text, without_overlaps(names)),
            *names,
            *citations.find_symbols(text),
            *self.decisions.find(text),
            *citations.find_provisions(text),
            *citations.find_bare_paragraphs(text),
            *phrases.find_meetings(text),
            *self.implicit.find(text),
            *phrases.find_conventions(text),
        ]
        addresses = [match.span() for match in _ADDRESS.finditer(text)]
        return _settled([f for f in found if not any(a <= f.start < b for a, b in addresses)])


def build_finders(registry: Registry) -> Finders:
    """The finders for everything in the registry."""
    return Finders(
        build_index(registry),
        citations.decision_finder(registry),
        phrases.implicit_forms(registry),
        phrases.treaty_lists(registry),
        phrases.organs(registry),
    )


def _is_place(text: str, name: Finding) -> bool:
    """Whether a State's name only says where: "Geneva, Switzerland", "in Peru"."""
    return name.values[0][0] == "countries" and bool(_PLACE_BEFORE.search(text[: name.start]))


def _settled(findings: list[Finding]) -> list[Finding]:
    """Without overlaps, except that places cited by one phrase ("paragraphs 1 and 2 of article 14") all stay."""
    shared = {(f.start, f.end, f.kind) for f in findings if f.kind in ("provision", "decision")}
    firsts: dict[tuple[int, int, str], list[Finding]] = {key: [] for key in shared}
    for finding in findings:
        if (key := (finding.start, finding.end, finding.kind)) in firsts and finding not in firsts[key]:
            firsts[key].append(finding)
    settled = []
    for finding in without_overlaps(findings):
        settled.extend(firsts.get((finding.start, finding.end, finding.kind), [finding]))
    return settled
