"""Which meeting is meant: "COP-5", "its fifth meeting", "the eleventh meeting of the Advisory Group"."""

import re
from collections.abc import Callable, Iterator

from graph.registry import Registry
from loaders import things
from loaders.context import Context
from loaders.document import Unit
from loaders.findings import Finding, Mention, mention_of
from loaders.sentences import sentence_around
from loaders.triggers import Regex

_WITH = Regex(r"\bin (?:co-?operation|collaboration|consultation|coordination) with\s+(?:the\s+)?$")
_OTHER_BODY = Regex(r"\b(?:group|task force|panel|board|network|committee|forum|council|commission)\b", re.I)
_OF = Regex(r"\s+of\s+(?:the\s+)?(?:[Pp]lenary\s+of\s+(?:the\s+)?)?")
_OF_ANOTHER = Regex(r"\s+of\s+(?:the\s+)?(?:[Pp]lenary|[A-Z])")  # of a body that is not known
_OF_THE_PARTIES = Regex(r"\s+of\s+the\s+Parties\b(?!\s+to\b)")
MEETING_BODIES = {"COP": "-cop", "MOP": "-mop", "ICC": "-icc"}
FIXED_BODIES = {
    "UNEA": "unea",
    "ICCM": "iccm",
    "POPRC": "poprc",
    "CRC": "crc",
    "PAG": "gmp-advisory-group",
    "CMA": "unfccc-cma",
    "CMP": "unfccc-cmp",
    "INC": "mercury-inc",
    "OEWG": "basel-oewg",
}
MEETS = {"GoverningBody", "SubsidiaryBody", "ConferenceSeries", "Partnership"}


class MeetingResolver:
    """Resolves meetings; `candidates` gives the organizations that a bare form ("the Committee") may mean."""

    def __init__(
        self, registry: Registry, context: Context, candidates: Callable[[Unit, Finding], tuple[str, ...]]
    ) -> None:
        self.registry = registry
        self.context = context
        self.candidates = candidates
        self.short_for: dict[tuple[str, int], str] = {}  # the body that a short form was said to be of

    def resolve(self, unit: Unit, finding: Finding, all_of: list[Finding], index: int) -> Iterator[Mention]:
        if finding.text:
            yield from self._short_meeting(unit, finding, all_of, index)
            return
        body = self._body_near(unit, finding, all_of, index)
        body = body or self._body_of_it(unit, finding, all_of) or self._own_body(unit, finding)
        for kind, words in finding.values if body else ():
            number = things.ordinal(words)
            if kind == "nth":
                yield mention_of(finding, (things.meeting(self.registry, str(body), number),), "Implicit")
            elif self.registry.knows("meetings", slug := f"{body}-ex-{number}"):
                yield mention_of(finding, (things.record("meetings", slug),), "Implicit")

    def _short_meeting(self, unit: Unit, finding: Finding, all_of: list[Finding], index: int) -> Iterator[Mention]:
        """ "COP-5" is the meeting, and names its body at the same place.

        Behind the words for a meeting, "the sixth meeting of the Conference … (COP-6)", it is short for that one, there
        and further on.
        """
        regime = self._regime_beside(unit, finding, all_of, index) or self.context.regime_of(unit)
        regime = regime or self._regime_of_last_treaty()
        suffix = MEETING_BODIES.get(finding.text)
        body = f"{regime}{suffix}" if suffix else FIXED_BODIES[finding.text]
        number = int(dict(finding.values)["number"])
        before = all_of[index - 1] if index else finding
        if unit.text[before.end : finding.start].strip() == "(" and (said := self._body_said(unit, all_of, index - 1)):
            self.short_for.setdefault((finding.text, number), said)
        body = self.short_for.get((finding.text, number), body)
        if not self.registry.knows("organizations", body):
            return
        yield mention_of(finding, (things.meeting(self.registry, body, number),), "Implicit")
        yield mention_of(finding, (things.record("organizations", body),), "Implicit")
        if unit.text[finding.end :].startswith(" Bureau") and self.registry.knows("organizations", f"{regime}-bureau"):
            yield mention_of(finding, (things.record("organizations", f"{regime}-bureau"),), "Implicit")

    def _body_said(self, unit: Unit, all_of: list[Finding], index: int) -> str | None:
        """The body of the meeting that a name, or the words behind "its sixth meeting of the", tell; else None."""
        said = all_of[index]
        if said.values[:1] and said.values[0][0] == "meetings":
            return self.registry.meeting(said.values[0][1]).body
        if said.kind == "meeting" and not said.text:
            return self._body_near(unit, said, all_of, index)
        numbered = index and all_of[index - 1].kind == "meeting" and not all_of[index - 1].text
        return self._body(unit, said) if numbered else None

    def _regime_of_last_treaty(self) -> str:
        """The regime of the convention named last, in a document of none: "COP-6" of the one that is spoken of."""
        last = self.context.last_treaty("convention")
        return self.registry.treaty(last).regime or "" if last else ""

    def _regime_beside(self, unit: Unit, finding: Finding, all_of: list[Finding], index: int) -> str:
        """The regime of a treaty named right before or behind: "Minamata Convention COP-4", "COP 15 CBD"."""
        for other in (*all_of[max(0, index - 1) : index], *all_of[index + 1 : index + 2]):
            gap = unit.text[min(other.end, finding.end) : max(other.start, finding.start)]
            if other.values[:1] and other.values[0][0] == "treaties" and gap.strip(" (") in ("", "of the", "to the"):
                return self.registry.treaty(other.values[0][1]).regime or ""
        return ""

    def _body_near(self, unit: Unit, finding: Finding, all_of: list[Finding], index: int) -> str | None:
        """The body whose meeting it is: "… of the X" behind it, else "X at its …" before it, else the next one."""
        begin, end = sentence_around(unit.text, finding.start)
        bodies = [(f, b) for f in all_of if begin <= f.start < end and (b := self._body(unit, f))]
        behind = [b for f, b in bodies if _OF.fullmatch(unit.text, finding.end, f.start)]
        if behind:
            return behind[0]
        if _OF_THE_PARTIES.match(unit.text, finding.end):
            return self._of_the_parties(unit)
        if _OF_ANOTHER.match(unit.text, finding.end):
            return None
        before = [b for f, b in bodies if f.start < finding.start and not _WITH.search(unit.text[: f.start])]
        before = before or [b for f, b in bodies if f.start < finding.start]
        after = [b for f, b in bodies if f.start > finding.start]
        return before[-1] if before else after[0] if after else None

    def _of_the_parties(self, unit: Unit) -> str | None:
        """ "The Thirty-first Meeting of the Parties": that of the protocol, or the conference of the convention."""
        regime = self.context.regime_of(unit)
        known = (f"{regime}{suffix}" for suffix in ("-mop", "-cop"))
        return next((slug for slug in known if self.registry.knows("organizations", slug)), None)

    def _body_of_it(self, unit: Unit, finding: Finding, all_of: list[Finding]) -> str | None:
        """ "It requested … at its seventh meeting": the body that the paragraph named last before."""
        begin, _ = sentence_around(unit.text, finding.start)
        if not unit.text.startswith("It ", begin):
            return None
        return next((b for f in reversed(all_of) if f.start < begin and (b := self._body(unit, f))), None)

    def _own_body(self, unit: Unit, finding: Finding) -> str | None:
        """ "at its fifth meeting" where no body is named: that of the document's meeting, or regime."""
        body = self.context.body() or f"{self.context.regime_of(unit)}-cop"
        known = self.registry.knows("organizations", body)
        begin, _ = sentence_around(unit.text, finding.start)
        if _OTHER_BODY.search(unit.text, begin, finding.start):
            return None
        return body if known and re.search(r"\bits\s+$", unit.text[: finding.start]) else None

    def _body(self, unit: Unit, finding: Finding) -> str | None:
        """The body that a finding names, if it is one that meets."""
        if finding.kind == "name" and finding.values[0][0] == "organizations":
            slugs: tuple[str, ...] = tuple(slug for _, slug in finding.values)
        elif finding.kind == "implicit":
            slugs = self.candidates(unit, finding)
        else:
            return None
        return slugs[0] if len(slugs) == 1 and self.registry.organization(slugs[0]).cls in MEETS else None
