"""All finders over one text: everything that may refer to something, without overlaps."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from graph.registry import Registry
from loaders import citations, phrases, symbols
from loaders.attributions import find_houses
from loaders.findings import Finding, without_overlaps
from loaders.names import NameIndex, build_index
from loaders.triggers import Regex
from loaders.unlisted import (
    find_agencies,
    find_governments,
    find_groups,
    find_groups_again,
    find_kinds,
    find_universities,
)

_PLACE_BEFORE = Regex(
    r"(?:\b(?:in|at|from|near|throughout)\s+(?:the\s+)?"
    r"|(?:\b(?:in|at|from|near|of|and)\s+|^|\n|\()[A-Z][\w'’ -]{1,30},\s+"
    r"|\b(?:in|at)\s+[A-Z][\w'’-]+\s+\(|(?<!\w)(?:[A-Z]{1,2}-)?\d{3,6}\s+[A-Z][\w'’ ,-]{1,40},?\s+)$"
)
# "Port of Spain", "Panama City"
_PART_OF_PLACE = (
    Regex(r"\b(?:(?:Port|Gulf|Bay|University)\s+of|Lake|Mount)\s+(?:the\s+)?$"),
    Regex(r"\s(?:City|River|Delta)\b"),
)
_GIVEN_BEFORE = Regex(
    r"(?:[\d,]{3,}|[Oo]bservers|[Mm]embers|[Mm]inisters|stakeholders|participants|officers|officials|[Ee]xperts|[Rr]epresentatives|delegates|inspectors|attended|received|contributions?|comments|submissions?|fund(?:s|ing)|grants?|financing|donations?|gifts?|support|dollars|euros|million|information|pledges?|including)"
    r"(?:\s+(?:of|to|for)\s+(?:[^,;.]|[.,]\d){0,60})?\s+from\s+(?:the\s+)?$"
)
_WITH_AMOUNT = Regex(
    r"\s*\((?:(?:(?:[A-Z]{2,3}\s?)?[$€£¥]|[A-Z]{3}\s)\s?\d|\d[\d,.]*\s(?:million\s)?(?:dollars|euros)\b)"
)
_LONGEST_LEAD = 160  # characters that say what a State is named for
_LISTED = Regex(r"(?:\s*\([^()]*\))?(?:\s*,\s*(?:and\s+)?|\s+and\s+)(?:the\s+)?")
_CENTRE = Regex(r"\s+(?:Regional|Subregional|Coordinating)(?:\s+and\s+[A-Z]\w+)?\s+Cent(?:re|er)\b")  # of a treaty
_ADDRESS = Regex(r"https?://\S+|www\.\S+|\S+@\S+")


@dataclass(frozen=True)
class Finders:
    """The compiled finders of one registry."""

    names: NameIndex
    decisions: citations.DecisionFinder
    symbols: Regex
    implicit: phrases.ImplicitForms
    lists: phrases.TreatyLists
    organs: phrases.Organs

    def find(self, text: str) -> list[Finding]:
        """Every finding of a text, in order, none overlapping another."""
        known = list(self.names.find(text))
        names = [*self.lists.find(text), *_without_places(text, known)]
        names = [name for name in names if not _CENTRE.match(text, name.end)]
        found = [
            *self.organs.find(text, names),
            *names,
            *find_governments(text, known),
            *find_agencies(text, known),
            *find_groups(text, known),
            *find_universities(text, known),
            *find_kinds(text),
            *find_groups_again(text),
            *find_houses(text, known),
            *self.decisions.find(text),
            *symbols.find_symbols(text, self.symbols),
            *citations.find_provisions(text),
            *citations.find_bare_paragraphs(text),
            *phrases.find_meetings(text),
            *self.implicit.find(text),
            *phrases.find_conventions(text),
        ]
        for begin, end in [match.span() for match in _ADDRESS.finditer(text)]:
            found = [f for f in found if not begin <= f.start < end]
        return _settled(found)


def build_finders(registry: Registry) -> Finders:
    """The finders for everything in the registry."""
    return Finders(
        build_index(registry),
        citations.decision_finder(registry),
        symbols.known_symbols(registry),
        phrases.implicit_forms(registry),
        phrases.treaty_lists(registry),
        phrases.organs(registry),
    )


def _without_places(text: str, names: Iterable[Finding]) -> Iterator[Finding]:
    """The names less those of States that only say where ("Geneva, Switzerland", "in Peru and Bolivia") or of money."""
    last: Finding | None = None
    was_place = False
    for name in names:
        if name.values[0][0] != "countries":
            yield name
            continue
        before = text, max(0, name.start - _LONGEST_LEAD), name.start
        listed = last is not None and _LISTED.fullmatch(text, last.end, name.start)
        place = was_place if listed else bool(_PLACE_BEFORE.search(*before) and not _GIVEN_BEFORE.search(*before))
        place = place and not _WITH_AMOUNT.match(text, name.end)  # "from Japan ($400,000)"
        place = place or bool(_PART_OF_PLACE[0].search(*before) or _PART_OF_PLACE[1].match(text, name.end))
        last, was_place = name, place
        if place:
            continue
        if not text.startswith((" dollars", " dollar"), name.end):
            yield name


def _settled(findings: list[Finding]) -> list[Finding]:
    """Without overlaps, except that places cited by one phrase ("paragraphs 1 and 2 of article 14") all stay.

    So does the number of a decision in a name: "the working group established pursuant to resolution 72/277".
    """
    shared = {
        (f.start, f.end, f.kind) for f in findings if f.kind in ("provision", "decision") or f.rule == symbols.RANGE
    }
    if not shared:
        return without_overlaps(findings)
    firsts: dict[tuple[int, int, str], list[Finding]] = {key: [] for key in shared}
    for finding in findings:
        if (key := (finding.start, finding.end, finding.kind)) in firsts and finding not in firsts[key]:
            firsts[key].append(finding)
    settled = []
    decisions = [finding for finding in findings if finding.kind == "decision"]
    for finding in without_overlaps(findings):
        settled.extend(firsts.get((finding.start, finding.end, finding.kind), [finding]))
        if finding.kind == "name":
            settled.extend(d for d in decisions if finding.start < d.start and d.end <= finding.end)
    return settled
