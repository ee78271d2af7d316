"""What a check finds: one finding per fault, with the rule it breaks and the place in the source."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

VIOLATION, WARNING = "violation", "warning"


@dataclass(frozen=True)
class Rule:
    """A rule that findings refer to; shapes are rules, too."""

    id: str
    name: str
    help: str


@dataclass(frozen=True, order=True)
class Finding:
    """One fault. `line` is where the subject is first described in the file, 1 when that is unknown."""

    file: str
    line: int
    rule: str
    severity: str  # "violation" or "warning"
    message: str
    subject: str | None = None
    value: str | None = None

    @property
    def fingerprint(self) -> str:
        """The same for the same fault wherever it moves: no line, and the file only where there is no subject."""
        told = (self.rule, self.subject or self.file, self.message, self.value or "")
        return hashlib.sha256("\n".join(told).encode()).hexdigest()[:16]

    @property
    def text(self) -> str:
        """The message with the value at fault."""
        return self.message if self.value is None else f"{self.message} [{self.value}]"


@dataclass(frozen=True)
class CheckReport:
    """The findings of one run, sorted by place. `known` are those of the baseline, which fail nothing."""

    files: tuple[str, ...]
    statements: int
    findings: tuple[Finding, ...]
    rules: Mapping[str, Rule]
    known: tuple[Finding, ...] = ()

    @cached_property
    def violations(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.severity == VIOLATION)

    @cached_property
    def warnings(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.severity == WARNING)

    def fails(self, fail_on: str) -> bool:
        """Whether a finding is as grave as `fail_on`, "violation" or "warning"."""
        return bool(self.findings if fail_on == WARNING else self.violations)

    def less(self, fingerprints: Iterable[str]) -> "CheckReport":
        """The same report with the findings of a baseline set apart."""
        before = set(fingerprints)
        new = tuple(finding for finding in self.findings if finding.fingerprint not in before)
        known = tuple(finding for finding in self.findings if finding.fingerprint in before)
        return replace(self, findings=new, known=known)


RULES = {
    rule.id: rule
    for rule in (
        Rule("syntax", "Syntax", "The file cannot be parsed as the format its name says."),
        Rule("blank-node", "Blank node", "Everything has an IRI: what has none cannot be cited, merged or published."),
        Rule("triple-term", "Triple term", "Statements about statements are not used here."),
        Rule("same-as", "Identity", "Names are unique here: the same thing has one IRI, so owl:sameAs is not used."),
        Rule("inconsistency", "Inconsistency", "Statements contradict each other by the axioms of the ontology."),
        Rule(
            "unknown-term", "Unknown term", "Every class and property below the ontology's namespace is defined there."
        ),
        Rule("unknown-treaty", "Unknown treaty", "Treaties are authority data; a new one is added there first."),
        Rule("unknown-provision", "Unknown provision", "An article, paragraph or annex that the treaty does not have."),
        Rule("unknown-regime", "Unknown regime", "Regimes are authority data; a new one is added there first."),
        Rule("unknown-meeting", "Unknown meeting", "Meetings are authority data; a new one is added there first."),
        Rule("unknown-organization", "Unknown organization", "Organizations and States are authority data."),
        Rule("unknown-topic", "Unknown topic", "Topics are authority data."),
        Rule("unknown-system", "Unknown system", "Information systems are authority data."),
        Rule("decision-series", "Series of a decision", "The number of a decision is one that its body gives."),
        Rule("decision-facts", "Facts of a decision", "The number tells the body, the regime and the meeting."),
        Rule("query-invalid", "Invalid query", "A query cannot be run, or expects nothing."),
        Rule("query-missing", "Missing answer", "A query does not return a row that it must return."),
        Rule("query-forbidden", "Wrong answer", "A query returns a row that it must not return."),
        Rule("query-rows", "Number of answers", "A query returns another number of rows than it must."),
    )
}
