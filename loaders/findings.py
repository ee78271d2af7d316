"""What the finding stage hands to the resolving stage, and what comes out of that."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["decision", "symbol", "provision", "bare", "name", "implicit", "meeting", "sdg", "person", "internal"]

Steps = tuple[tuple[str, str], ...]
"""A place in a treaty below it: (("art", "14"), ("para", "4"))."""


@dataclass(frozen=True)
class Finding:
    """A span of a unit's text that refers to something, before anyone knows to what.

    `values` depends on the kind: the slugs of a name with their kinds (`("organizations", "unep")`), the steps of a
    provision, the series and groups of a decision, the number of a meeting. `rule` names the pattern that found it.
    """

    start: int
    end: int
    kind: Kind
    rule: str
    values: tuple[tuple[str, str], ...] = ()
    text: str = ""

    def overlaps(self, other: "Finding") -> bool:
        """Whether both share a character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True)
class Thing:
    """What a mention refers to. `path` is its IRI below the base, `facts` what the authority may not know of it."""

    path: str
    cls: str = ""
    identifier: str = ""
    label: str = ""
    facts: tuple[tuple[str, str], ...] = ()


Resolution = Literal["Explicit", "Implicit", "Ambiguous"]


@dataclass(frozen=True)
class Mention:
    """One place in a unit's text that refers to something: exactly `text[start:end]`."""

    start: int
    end: int
    things: tuple[Thing, ...]
    resolution: Resolution
    rule: str
    cites: bool = False


def mention_of(finding: Finding, found: tuple[Thing, ...], resolution: Resolution, cites: bool = False) -> Mention:
    """The mention that a finding becomes; what is ambiguous cites nothing."""
    return Mention(finding.start, finding.end, found, resolution, finding.rule, cites and resolution != "Ambiguous")


def without_overlaps(findings: list[Finding]) -> list[Finding]:
    """The findings in order of place; of two that overlap, the longer stays, then the earlier in the list."""
    kept: list[Finding] = []
    ranked = sorted(enumerate(findings), key=lambda pair: (pair[1].start - pair[1].end, pair[0]))
    taken: set[int] = set()
    for _, finding in ranked:
        places = range(finding.start, finding.end)
        if taken.isdisjoint(places):
            taken.update(places)
            kept.append(finding)
    return sorted(kept, key=lambda finding: (finding.start, finding.end))
