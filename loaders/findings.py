"""What the finding stage hands to the resolving stage, and what comes out of that."""

from typing import Literal, NamedTuple

Kind = Literal[
    "decision", "symbol", "provision", "bare", "name", "implicit", "meeting", "sdg", "person", "internal", "unlisted"
]

Steps = tuple[tuple[str, str], ...]
"""A place in a treaty below it: (("art", "14"), ("para", "4"))."""


class Finding(NamedTuple):
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


class Thing(NamedTuple):
    """What a mention refers to. `path` is its IRI below the base, `facts` what the authority may not know of it."""

    path: str
    cls: str = ""
    identifier: str = ""
    label: str = ""
    facts: tuple[tuple[str, str], ...] = ()


Resolution = Literal["Explicit", "Implicit", "Ambiguous"]


class Mention(NamedTuple):
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
    if len(findings) < 2:
        return list(findings)
    kept: list[Finding] = []
    taken = 0  # a bit for each place of the text
    for finding in sorted(findings, key=lambda finding: finding.start - finding.end):
        places = (1 << finding.end) - (1 << finding.start)
        if not taken & places:
            taken |= places
            kept.append(finding)
    return sorted(kept, key=lambda finding: finding[:2])
