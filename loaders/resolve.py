"""From findings to mentions: which treaty, which secretariat, which meeting is meant.

Rules, in the order of the graph model's "Rules of resolution": what is named outright is Explicit; what follows from
the document, its section or its sentence is Implicit; what may mean several things stays Ambiguous. Nothing is guessed.
"""

import re
from collections.abc import Iterator

from graph.registry import Registry
from graph.registry_records import Treaty
from loaders import things
from loaders.citations import THAT_ARTICLE
from loaders.context import Context
from loaders.document import Unit
from loaders.findings import Finding, Mention, Resolution, Steps, Thing, mention_of
from loaders.meetings import MeetingResolver, sentence_around
from loaders.phrases import needs_antecedent
from loaders.triggers import Regex
from loaders.unlisted import LAST_OF_ITS_KIND, body_named, is_short_for, kind_of

_OF_TREATY = Regex(r"\s*,?\s*(?:of|to|under|in)\s+(?:the\s+)?|'s\s+|\s+")
_LIST_GAP = Regex(r"(?:\s+of\s+\d{1,2}\s+\w+\s+\d{4})?\s*(?:,\s*(?:and\s+)?|\s+and\s+|\s+to\s+|[–-])\s*")


class Resolver:
    """Resolves the units of one document in reading order."""

    def __init__(self, registry: Registry, context: Context, implicit: dict[str, tuple[str, ...]]) -> None:
        self.registry = registry
        self.context = context
        self.implicit = implicit
        self.meetings = MeetingResolver(registry, context, self._bare)
        self.unresolved: list[tuple[str, str]] = []
        self.last_provision: tuple[Treaty, Steps] | None = None  # with a paragraph
        self.last_article: tuple[Treaty, Steps] | None = None
        self.last_series = (0, "")

    def resolve(self, unit: Unit, findings: list[Finding]) -> list[Mention]:
        """The mentions of a unit; what nothing is known of is noted in `unresolved` with its surface."""
        self.last_provision, self.last_article, self.last_series = None, None, (0, "")
        if unit.kind != "Footnote":
            self.context.turn_to_next_unit()
        mentions = []
        for index, finding in enumerate(findings):
            own = self._is_own(unit, finding)
            if own or (index and _rivals(findings[index - 1], finding)):
                continue
            found = list(self._resolve(unit, finding, findings, index))
            if not found and finding.rule != LAST_OF_ITS_KIND:
                self.unresolved.append((unit.label, unit.text[finding.start : finding.end]))
            mentions.extend(found)
        return mentions

    def _is_own(self, unit: Unit, finding: Finding) -> bool:
        """Whether it only names the document itself: its symbol on the cover, its own annexes."""
        if finding.kind == "symbol":
            return finding.text == self.context.info.identifier and unit.path in ("header", "title")
        if finding.kind != "provision" or finding.values[0][0] != "annex":
            return False
        if unit.region and unit.path == unit.region:
            return True
        printed = unit.text[finding.start : finding.end]
        of_treaty = re.match(r"\s*,?\s*(?:to|of) the\b", unit.text[finding.end :])
        return finding.values[0][1] in self.context.own_annexes and printed[0].islower() and not of_treaty

    def _resolve(self, unit: Unit, finding: Finding, all_of: list[Finding], index: int) -> Iterator[Mention]:
        match finding.kind:
            case "name":
                yield from self._name(unit, finding)
            case "symbol":
                yield mention_of(finding, (things.document(self.registry, finding.text),), "Explicit", cites=True)
            case "sdg":
                yield mention_of(finding, (things.sdg(finding.text),), "Explicit", cites=True)
            case "decision":
                yield from self._decision(unit, finding, all_of)
            case "provision" | "bare":
                yield from self._provision(unit, finding, all_of, index)
            case "meeting":
                yield from self.meetings.resolve(unit, finding, all_of, index)
            case "unlisted":
                body = body_named(finding)
                self.context.kinds[kind_of(body.label)] = body
                self.context.group = body if body.cls == "SubsidiaryBody" else self.context.group
                yield mention_of(finding, (body,), "Explicit")
            case "implicit":
                yield from self._implicit(unit, finding)

    # ---- names and bare forms

    def _name(self, unit: Unit, finding: Finding) -> Iterator[Mention]:
        found = tuple(things.record(kind, slug) for kind, slug in self._preferred(unit, finding.values))
        for kind, slug in finding.values if len(found) == 1 else ():
            if kind == "organizations":
                self.context.name(slug)
                self.context.kinds[kind_of(self.registry.organization(slug).name)] = found[0]
                self._note_treaty(unit, finding, slug)
            if kind == "treaties":
                self.context.treaty, self.context.treaty_unit = slug, unit.path
        treaty = finding.values[0][0] == "treaties"
        yield mention_of(finding, found, "Explicit" if len(found) == 1 else "Ambiguous", cites=treaty)
        if finding.values[0][0] == "meetings":
            body = self.registry.meeting(finding.values[0][1]).body
            self.context.name(body)
            yield mention_of(finding, (things.record("organizations", body),), "Implicit")

    def _note_treaty(self, unit: Unit, finding: Finding, slug: str) -> None:
        """In a document of no regime "the Convention" may also mean the one that an organ's name has just named."""
        regimes = self.registry.organization(slug).acts_for
        if self.context.home or len(regimes) != 1 or "Convention" not in unit.text[finding.start : finding.end]:
            return
        if treaty := self.context.treaty_of(regimes[0]):
            self.context.treaty, self.context.treaty_unit = treaty.slug, unit.path

    def _preferred(self, unit: Unit, values: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
        """Of records that share a name, the one of the document's own regime if there is just one."""
        treaties = tuple(value for value in values if value[0] == "treaties")
        if len(values) == 1 or len(treaties) == 1:
            return treaties or values
        organizations = tuple(slug for kind, slug in values if kind == "organizations")
        own = self.context.of_regime(organizations, self.context.regime_of(unit))
        return (("organizations", own[0]),) if len(own) == 1 else values

    def _implicit(self, unit: Unit, finding: Finding) -> Iterator[Mention]:
        if finding.text in ("convention", "protocol", "agreement"):
            treaty = self._treaty(unit, finding.text)
            if treaty:
                yield mention_of(finding, (Thing(f"treaty/{treaty.slug}"),), "Implicit", cites=True)
            return
        if finding.rule == LAST_OF_ITS_KIND:
            if body := self.context.kinds.get(finding.text):
                yield mention_of(finding, (body,), "Implicit")
            return
        if finding.text == "both secretariats":
            yield from self._both(unit, finding)
            return
        if self.context.group and is_short_for(finding.text, self.context.group):
            yield mention_of(finding, (self.context.group,), "Implicit")
            return
        candidates = self.implicit.get(finding.text, ())
        slugs = self._candidates(unit, candidates, finding.text)
        found = tuple(things.record("organizations", slug) for slug in slugs)
        if len(found) == 1 and (each := self._each_conference(slugs[0])):
            yield from (mention_of(finding, (things.record("organizations", slug),), "Implicit") for slug in each)
        elif found:
            yield mention_of(finding, found, "Implicit" if len(found) == 1 else "Ambiguous")

    def _each_conference(self, slug: str) -> list[str]:
        """The conferences that one name stands for: "the conferences of the Parties" of three conventions."""
        body = self.registry.organization(slug)
        if body.cls != "GoverningBody" or len(body.acts_for) != 1:
            return []
        members = [regime.slug for regime in self.registry.regimes if regime.parent == body.acts_for[0]]
        of_members = [o for member in members for o in self.registry.acting_for((member,))]
        return [organization.slug for organization in of_members if organization.cls == "GoverningBody"]

    def _bare(self, unit: Unit, finding: Finding) -> tuple[str, ...]:
        return self._candidates(unit, self.implicit.get(finding.text, ()), finding.text)

    def _candidates(self, unit: Unit, candidates: tuple[str, ...], form: str) -> tuple[str, ...]:
        """The organization that a bare form means: of the regime at hand, else the one named last, else any."""
        named = [slug for slug in self.context.here if slug in candidates]
        if form == "group":  # "the group" is one that was just named
            beside = [slug for slug in (*self.context.before, *self.context.here) if slug in candidates]
            return (beside[-1],) if beside else ()
        if form == "working group" and (last := self.context.last_named(candidates)):
            return (last,)
        if form == "assembly" and named:  # "General Assembly resolution 70/1, by which the Assembly …"
            return (named[-1],)
        if self.context.body() in candidates and not form.endswith("secretariat"):
            return (self.context.body(),)
        if needs_antecedent(form):
            last = self.context.last_named(candidates)
            return (last,) if last else ()
        publisher = self.context.info.publisher
        if form.endswith("secretariat") and publisher in candidates:
            return (publisher,)
        own = self.context.of_regime(candidates, self.context.regime_of(unit))
        if len(own) > 1:
            part = [slug for slug in own if self.registry.organization(slug).unit_of == self.context.body()]
            own = part or self.context.closest(unit, own)
        if len(own) == 1:
            return (own[0],)
        if form == "secretariat" and not own and self.registry.knows("organizations", publisher):
            return (publisher,)
        if not own and (near := self.context.beside(unit, candidates)):
            return (near,)
        last = self.context.last_named(tuple(own) or candidates)
        if last:
            return (last,)
        foreign = len(candidates) == 1 and self.registry.organization(candidates[0]).acts_for
        return () if foreign or len(candidates) >= 8 or form.endswith("working group") else candidates

    def _both(self, unit: Unit, finding: Finding) -> Iterator[Mention]:
        """ "Both secretariats": the document's own and the other one named last."""
        secretariats = [o.slug for o in self.registry.organizations if o.cls == "Secretariat"]
        own = self.context.of_regime(tuple(secretariats), self.context.regime_of(unit))
        here = self.context.treaty_unit == unit.path
        near = self.registry.treaty(self.context.treaty).regime if here else self.context.sections.get(unit.path, "")
        beside = [s for s in self.context.of_regime(tuple(secretariats), near or "") if s not in own]
        named = [slug for slug in reversed(self.context.named) if slug in secretariats and slug not in own]
        other = next(iter((*beside, *named)), "")
        if len(own) == 1 and other:
            for slug in (own[0], other):
                yield mention_of(finding, (things.record("organizations", slug),), "Implicit")

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

    # ---- citations

    def _decision(self, unit: Unit, finding: Finding, all_of: list[Finding]) -> Iterator[Mention]:
        """A number that several series share belongs to the body that its sentence names, else the document's own."""
        rivals = [finding, *(f for f in all_of if _rivals(f, finding))]
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

    def _provision(self, unit: Unit, finding: Finding, all_of: list[Finding], index: int) -> Iterator[Mention]:
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
                return self._treaty(unit, following.text), False
            break
        return None, False


def _rivals(one: Finding, other: Finding) -> bool:
    """Whether both read one printed number as decisions of different series."""
    same_place = (one.start, one.end, one.kind) == (other.start, other.end, "decision")
    return same_place and one.kind == "decision" and one.rule != other.rule
