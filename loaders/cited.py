"""Which decision, article or treaty is cited: by its number, its sentence, its section or the document."""

import re
from collections.abc import Iterator

from graph.registry import Registry
from graph.registry_records import Treaty
from loaders import things
from loaders.citations import THAT_ARTICLE
from loaders.context import Context
from loaders.document import Unit
from loaders.findings import Finding, Mention, Resolution, Steps, Thing, mention_of
from loaders.phrases import THAT_TREATY
from loaders.sentences import sentence_around
from loaders.triggers import Regex

_OF_TREATY = Regex(r"\s*,?\s*(?:of|to|under|in)\s+(?:the\s+)?|'s\s+|\s+")
# "the Minamata Convention under article 22"
_UNDER = Regex(r",?\s+(?:under|in|by|through|pursuant to|in accordance with)\s+(?:its\s+)?")
_LIST_GAP = Regex(r"(?:\s+of\s+\d{1,2}\s+\w+\s+\d{4})?\s*(?:,\s*(?:and\s+)?|\s+and\s+|\s+to\s+|[–-])\s*")


class CitationResolver:
    """Resolves the citations of one document; what a bare paragraph or number goes on with is known in its unit."""

    def __init__(self, registry: Registry, context: Context) -> None:
        self.registry = registry
        self.context = context
        self.start_unit()

    def start_unit(self) -> None:
        """Nothing was cited in this unit so far."""
        self.last_provision: tuple[Treaty, Steps] | None = None  # with a paragraph
        self.last_article: tuple[Treaty, Steps] | None = None
        self.last_series = (0, "")

    def implied(self, unit: Unit, finding: Finding) -> Treaty | None:
        """The treaty that "the Convention" means, or "that Convention"."""
        if finding.rule != THAT_TREATY:
            return self._treaty(unit, finding.text)
        last = self.context.last_treaty(finding.text)
        return self.registry.treaty(last) if last else None

    def _treaty(self, unit: Unit, word: str) -> Treaty | None:
        """The treaty that "the Convention" means: the document's, else its section's, else the one named last here."""
        own = self.context.treaty_of(self.context.regime_of(unit), word)
        if own and own.kind == word:
            return self._of_section(unit, word) if own != self.context.treaty_of(self.context.regime_of(unit)) else own
        if self.context.treaty and (self.context.treaty_unit == unit.path or not own):
            named = self.registry.treaty(self.context.treaty)
            return named if named.kind == word else None
        return None

    def _of_section(self, unit: Unit, word: str) -> Treaty | None:
        """The convention of the section's regime in a document of a protocol, else that of the document's regime."""
        regime = self.context.sections.get(unit.path, "")
        section = self.context.treaty_of(regime, word) if regime else None
        return section or self.context.treaty_of(self.context.regime_of(unit), word)

    def decision(self, unit: Unit, finding: Finding, all_of: list[Finding]) -> Iterator[Mention]:
        """A number that several series share belongs to the body that its sentence names, else the document's own."""
        rivals = [finding, *(f for f in all_of if are_rivals(f, finding))]
        if self.registry.series(finding.rule).contextual:
            slugs = [f.rule for f in rivals]
            chosen = self._of_list(unit, finding, slugs) or self._by_context(unit, finding, slugs)
            rivals = [f for f in rivals if f.rule in chosen] or rivals
            self.last_series = (finding.end, rivals[0].rule if len(rivals) == 1 else "")
        found = tuple(self._decision_thing(f) for f in rivals)
        yield mention_of(finding, found, "Explicit" if len(found) == 1 else "Ambiguous", cites=True)

    def _of_list(self, unit: Unit, finding: Finding, rivals: list[str]) -> list[str]:
        """The series of the body that the member before in a list is of: "decisions XII/19, XIII/3 and 14/5"."""
        end, last = self.last_series
        if not last or not _LIST_GAP.fullmatch(unit.text[end : finding.start]):
            return []
        body = self.registry.series(last).body
        return [slug for slug in rivals if slug == last] or [s for s in rivals if self.registry.series(s).body == body]

    def _decision_thing(self, finding: Finding) -> Thing:
        return things.decision(self.registry, self.registry.series(finding.rule), dict(finding.values))

    def _by_context(self, unit: Unit, finding: Finding, rivals: list[str]) -> list[str]:
        """The series whose context words stand nearest in the sentence, else in the document's own regime."""
        regime, body = self.context.regime_of(unit), self.context.body()
        own = [slug for slug in rivals if body and self.registry.series(slug).body == body]
        if own and unit.text[: finding.start].endswith(("its ", "Its ")):
            return own
        if unit.text[: finding.start].endswith(("its ", "Its ")):
            last = self.context.last_named(tuple(self.registry.series(slug).body for slug in rivals))
            if last:
                return [slug for slug in rivals if self.registry.series(slug).body == last]
        begin, end = sentence_around(unit.text, finding.start)
        sentence = unit.text[begin:end]
        distances = {}
        for slug in rivals:
            places = [
                m.start() + begin
                for w in self.registry.series(slug).context
                for m in re.finditer(re.escape(w), sentence)
            ]
            if places:
                distances[slug] = min(abs(place - finding.start) for place in places)
        if distances:
            nearest = min(distances.values())
            return [slug for slug, distance in distances.items() if distance == nearest]
        return own or [slug for slug in rivals if regime and self.registry.series(slug).regime == regime]

    def provision(self, unit: Unit, finding: Finding, all_of: list[Finding], index: int) -> Iterator[Mention]:
        if finding.kind == "bare":
            before = self.last_article if finding.rule == THAT_ARTICLE else self.last_provision
            if before:
                treaty, steps = before
                yield self._cited(finding, treaty, (steps[0], *finding.values), "Implicit")
            return
        named, explicit = self._treaty_after(unit, finding, all_of, index)
        treaty_or_none = named or self._with_provision(unit, finding)
        if treaty_or_none is None or not things.provision_exists(treaty_or_none, finding.values):
            return
        if finding.values[0][0] == "art":
            self.last_article = treaty_or_none, finding.values
        if len(finding.values) > 1 and finding.values[0][0] == "art":
            self.last_provision = (treaty_or_none, finding.values)
        yield self._cited(finding, treaty_or_none, finding.values, "Explicit" if explicit else "Implicit")

    def _with_provision(self, unit: Unit, finding: Finding) -> Treaty | None:
        """The treaty of a bare provision: the own one, else the one that the unit named last, if only that has it."""
        own = self._own_treaty(unit)
        beside = self.registry.treaty(self.context.treaty) if self.context.treaty_unit == unit.path else None
        lacks = own is None or not things.provision_exists(own, finding.values)
        return beside if beside and lacks and things.provision_exists(beside, finding.values) else own

    def _own_treaty(self, unit: Unit) -> Treaty | None:
        """The treaty that a bare article belongs to: of the regime's treaties the one that the unit has named last."""
        regime = self.context.regime_of(unit)
        if regime and self.context.treaty_unit == unit.path:
            beside = self.registry.treaty(self.context.treaty)
            if beside.regime == regime:
                return beside
        return self.context.treaty_of(regime) or self._treaty(unit, "convention")

    def _cited(self, finding: Finding, treaty: Treaty, steps: Steps, resolution: Resolution) -> Mention:
        return Mention(
            finding.start, finding.end, (things.provision(treaty, steps),), resolution, finding.rule, cites=True
        )

    def _treaty_after(
        self, unit: Unit, finding: Finding, all_of: list[Finding], index: int
    ) -> tuple[Treaty | None, bool]:
        """The treaty that follows ("article 14 of the Minamata Convention") and whether it is named in full."""
        end = finding.end
        for following in all_of[index + 1 :]:
            if following.kind == finding.kind and unit.text[end : following.start].strip(" ,and").strip() == "":
                end = following.end
                continue
            if following.start == finding.start:
                continue
            gap = _OF_TREATY.fullmatch(unit.text, end, following.start)
            if gap and following.values[:1] and following.values[0][0] == "treaties" and gap[0].strip():
                return self.registry.treaty(following.values[0][1]), True
            if gap and following.text in ("convention", "protocol", "agreement"):
                return self.implied(unit, following), False
            break
        before = all_of[index - 1] if index else None
        beside = before and before.values[:1] and before.values[0][0] == "treaties"
        if before and beside and _UNDER.fullmatch(unit.text, before.end, finding.start):
            treaty = self.registry.treaty(before.values[0][1])
            return (treaty if things.provision_exists(treaty, finding.values) else None), False
        return None, False


def are_rivals(one: Finding, other: Finding) -> bool:
    """Whether both read one printed number as decisions of different series."""
    same_place = (one.start, one.end, one.kind) == (other.start, other.end, "decision")
    return same_place and one.kind == "decision" and one.rule != other.rule
